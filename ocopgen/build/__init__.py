"""The floor that plans the site, makes what is missing and publishes it."""

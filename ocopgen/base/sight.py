"""What the disk says of the files of a catalogue, asked once for a whole build."""


class Sight:
    """Names and stamps as they were when a build began.

    A build looks at all files to tell whether any has changed. Where one has, it need not look
    again at all others; what is saved meanwhile shows at the next build.
    """

    def __init__(self) -> None:
        """Begin without having seen anything."""
        self.folders: dict[str, list[tuple[str, bool]]] = {}
        """By its path, the names in a folder, and whether each is a link."""
        self.stamps: dict[str, tuple[int, int]] = {}
        """By its path, the size of a file and when it was changed, in nanoseconds."""

    def forget_names(self) -> None:
        """Let go of the names: after a while some may be gone, and nobody is to blame for that."""
        self.folders = {}

    def forget(self) -> None:
        """Let go of all that was seen: of twenty thousand products it takes 27 MB."""
        self.folders, self.stamps = {}, {}

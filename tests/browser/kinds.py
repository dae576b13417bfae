"""One page of every kind, as the example catalogue has it in its two languages."""

KINDS = (
    ("", "en/"),
    ("san-pham/", "en/products/"),
    ("san-pham/bot-ca-cao-3-trong-1/", "en/products/bot-ca-cao-3-trong-1/"),
    ("san-pham/hat-dieu-rang-nguyen-vi/", "en/products/hat-dieu-rang-nguyen-vi/"),
    ("san-pham/mat-ong-song-be/", "en/products/mat-ong-song-be/"),
    ("sao/5/", "en/stars/5/"),
    ("huyen/dong-phu/", "en/districts/dong-phu/"),
    ("noi/", "en/places/"),
    ("ban-do/", "en/map/"),
    ("xa/phuong-dong-phu/", "en/communes/phuong-dong-phu/"),
    ("nganh/", "en/sectors/"),
    ("chu-the/", "en/producers/"),
    ("chu-the/ha-my/", "en/producers/ha-my/"),
    ("diem-ban/", "en/outlets/"),
    ("diem-ban/vuon-ca-cao-suoi-cat/", "en/outlets/vuon-ca-cao-suoi-cat/"),
    ("su-kien/", "en/events/"),
    ("su-kien/phien-cho-cong-nhan-2024/", "en/events/phien-cho-cong-nhan-2024/"),
    ("so-lieu/", "en/figures/"),
    ("da-chon/", "en/shortlist/"),
    ("het-hieu-luc/", "en/formerly-certified/"),
    ("ve-chuong-trinh/", "en/about-the-programme/"),
    ("tim-kiem/", "en/search/"),
    ("404.html", "en/404.html"),
    ("offline.html", "en/offline.html"),
)
ALL = tuple(path for kind in KINDS for path in kind)
SEARCHES = ("tim-kiem/?q=ca cao", "en/search/?q=cocoa")
PRODUCT = KINDS[2]
"""One with all that a product can have: a photo, a story, neighbours."""

"""The addresses of the practice's own things at the desk."""

from django.urls import path

from . import pages

desk = [
    path("own/", pages.own, name="own"),
    path("own/<slug:tab>/", pages.own, name="own-kind"),
    path("own/<slug:tab>/new/", pages.new, name="own-new"),
    path("own/item/<uuid:code>/", pages.item, name="own-item"),
    path("own/item/<uuid:code>/edit/", pages.edit, name="own-edit"),
    path("own/item/<uuid:code>/use/", pages.use, name="own-use"),
    path("own/item/<uuid:code>/withdraw/", pages.withdraw, name="own-withdraw"),
    path("own/item/<uuid:code>/put-back/", pages.put_back, name="own-put-back"),
    path("own/item/<uuid:code>/restore/", pages.restore, name="own-restore"),
    path("own/item/<uuid:code>/photo/", pages.add_photo, name="own-photo-add"),
    path("own/item/<uuid:code>/photo/remove/", pages.remove_photo, name="own-photo-remove"),
    path("own/photo/<uuid:code>.jpg", pages.photo, name="own-photo"),
]

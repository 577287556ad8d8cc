"""What builds up, on paper: the stair, the boxes to tick and the lines to write on. Nothing is looked up or counted.

Call it with the language of the copy active.
"""

import base64
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from triggers.shelf_svg import INK, WHITE, element, svg

from .stairs import Stair, stairs

BOX, ROOM = 18.0, 24.0
WRITING = range(2)  # lines to write on; a question that asks for several gets them twice
SCALE = range(11)


def context(copy):
    """What the templates say of everything that builds up in `copy`."""
    return {"build_ups": [build_up(one) for one in copy.build_ups], "writing": WRITING, "scale": SCALE}


def build_up(told):
    """One activity with its stair and a row of boxes for each week."""
    picture = stairs([Stair(week.amount, week.name) for week in told.weeks])
    return {
        "told": told,
        "picture": image(picture),
        "alt": stair_alt(told),
        "boxes": image(boxes(told.sessions)),
        "boxes_alt": ngettext("%(number)s box to tick", "%(number)s boxes to tick", told.sessions)
        % {"number": told.sessions},
    }


def stair_alt(told):
    """What the stair shows, in words."""
    words = {"start": told.weeks[0].says, "goal": told.weeks[-1].says, "activity": told.activity}
    return _("A stair for %(activity)s: from %(start)s to %(goal)s, a step up each week.") % words


@cache
def boxes(number):
    """So many boxes to tick, in rows of seven."""
    across, down = min(number, 7), -(-number // 7)
    drawn = [
        element(
            "rect",
            x=3 + place % 7 * ROOM,
            y=3 + place // 7 * ROOM,
            width=BOX,
            height=BOX,
            rx=4,
            fill=WHITE,
            stroke=INK,
            stroke_width=1.2,
        )
        for place in range(number)
    ]
    size = (across * ROOM, down * ROOM)
    return svg("".join(drawn), box=(0, 0, *size), size=size)


def image(drawing):
    """An SVG drawing as an address that carries it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()

import pytest
from django.urls import reverse
from tests.browser.conftest import DESKTOP, PHONE, chromium, visit
from tests.cast import in_english
from tests.plans import owning
from tests.plans.composing import izabel
from dataclasses import replace
from plans import actions as pa, paper
from plans.own.body import *
from plans.own import actions
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
def test_shots(cast, visit):
    p = cast.actor("practitioner_a")
    v = visit(viewport=DESKTOP).take_over(in_english(cast.client("practitioner_a")))
    items = {k: owning.in_use(p, k) for k in owning.BODIES}
    owning.in_use(p, "text", TextBody(first="nl", text=Words(nl="Tot gauw in De Linde!")), place="closing")
    owning.draft(p, "tip", about="stress", text=Words(nl="Wandel elke avond een klein eindje met iemand die je graag ziet, ook als het regent."))
    w = owning.draft(p, "tip", about="smoking"); actions.withdraw(p, w)
    item = items["exercise"]
    item = owning.with_photos(p, item)
    owning.save(p, items["tip"], replace(owning.TIP, text=Words(nl="Nieuwe woorden")))
    def shot(name, path, post=None):
        for n, size in (("w", DESKTOP), ("p", PHONE)):
            v.page.set_viewport_size(size)
            assert v.open(path).status in (200, 422)
            v.page.screenshot(path=f"/tmp/h/own-{name}-{n}.png", full_page=True)
    shot("tips", "/desk/own/"); shot("texts", "/desk/own/texts/")
    shot("new-ex", "/desk/own/exercises/new/")
    shot("edit-tip", reverse("desk:own-edit", args=[items["tip"].code]))
    shot("item-tip", reverse("desk:own-item", args=[items["tip"].code])+"?in=fr")
    shot("item-ex", reverse("desk:own-item", args=[item.code]))
    shot("helper-new", "/desk/own/helpers/new/")
    shot("withdrawn", reverse("desk:own-item", args=[w.code]))
    v.page.set_viewport_size(DESKTOP); v.open("/desk/own/exercises/new/")
    v.page.locator("textarea").first.fill("x"*75)
    v.page.get_by_role("button", name="Save").last.click(); v.page.wait_for_timeout(500)
    v.page.screenshot(path="/tmp/h/own-wrong-w.png", full_page=True)
    plan = pa.open_plan(p, izabel(cast.a).intake)
    plan.exercises.create(practice=cast.a, exercise=item.key, dose="5 keer per kant", hangs_on="moving", hangs_key="")
    plan.glasses.filter(glass="sitting").update(helpers=[items["helper"].key], tips=[items["tip"].key])
    pa_seen = pa.seen(plan, "all"); plan.refresh_from_db()
    rel = pa.release(p, plan, seen=pa.seen(plan, "all"))
    open("/tmp/h/own-plan.pdf","wb").write(paper.plan_pdf(rel.plan_copy))
    shot("composer", reverse("desk:plan", args=[plan.code]))
    shot("patient", reverse("own:exercise", args=[rel.token, item.key]))

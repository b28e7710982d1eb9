"""Councils, bodies, seats and mandates as Popolo's organizations, posts and memberships."""

from typing import Any

from django.db.models import QuerySet

from councils.models import Council, Mandate, Post
from councils.open_data.naming import body_id, council_id, day, names_of, post_id, titles_of, web

Row = dict[str, Any]


def organizations() -> QuerySet[Council]:
    """A row a council; the body it oversees and its commissions stand inside it."""
    rows = Council.objects.published().for_display().order_by("pk")
    return rows.prefetch_related("commissions")


def told_organization(council: Council) -> Row:
    territory = council.dossier.territory
    return {
        "id": council_id(council),
        "classification": "public_council",
        "level": council.level,
        "name": titles_of(council.dossier),
        "parent_id": body_id(council.supervised_body),
        "parent": {
            "id": body_id(council.supervised_body),
            "classification": "state_body",
            "name": names_of(council.supervised_body),
        },
        "area": {
            "id": territory.slug,
            "name": territory.name_kk,
            "names": names_of(territory),
            "kato": territory.kato,
        },
        "commissions": [
            {
                "name": names_of(commission),
                "founding_date": day(commission.since),
                "dissolution_date": day(commission.until),
            }
            for commission in council.commissions.all()
        ],
        "url": web(council.dossier.path),
    }


def posts() -> QuerySet[Post]:
    rows = Post.objects.filter(council__dossier__published_at__isnull=False)
    return rows.select_related("council").order_by("council", "number")


def told_post(post: Post) -> Row:
    return {
        "id": post_id(post, post.council),
        "organization_id": council_id(post.council),
        "label": str(post.number),
        "role": post.side,
        "sector": post.sector or None,
        "start_date": day(post.since),
        "end_date": day(post.until),
    }


def memberships() -> QuerySet[Mandate]:
    rows = Mandate.objects.filter(council__dossier__published_at__isnull=False)
    return rows.select_related("council", "post", "on_behalf_of").order_by(
        "council", "post__number", "since"
    )


def told_membership(mandate: Mandate) -> Row:
    """`end_date` is the first day without them. Who sat on a council is public by law."""
    organisation = mandate.on_behalf_of
    return {
        "id": f"{post_id(mandate.post, mandate.council)}/since:{mandate.since.isoformat()}",
        "organization_id": council_id(mandate.council),
        "post_id": post_id(mandate.post, mandate.council),
        "person": {"name": mandate.name},
        "role": mandate.office,
        "side": mandate.side,
        "on_behalf_of": (
            {"name": organisation.name_kk, "names": names_of(organisation)}
            if organisation
            else None
        ),
        "basis": mandate.basis,
        "act": mandate.act,
        "act_url": mandate.act_url or None,
        "start_date": day(mandate.since),
        "end_date": day(mandate.until),
        "end_reason": mandate.end_reason or None,
    }

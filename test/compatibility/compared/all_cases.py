"""Every case."""

from compared.fields import fields_of_every_endpoint
from compared.histories import histories
from compared.reading import reading_of_requests
from compared.request import Case
from compared.searches import searches
from compared.sources import sources
from compared.versions_and_stages import versions_and_stages
from compared.webhooks import webhooks
from compared.words import words_that_may_be_refused


def all_cases() -> list[Case]:
    return [
        *fields_of_every_endpoint(),
        *reading_of_requests(),
        *words_that_may_be_refused(),
        *versions_and_stages(),
        *histories(),
        *sources(),
        *searches(),
        *webhooks(),
    ]

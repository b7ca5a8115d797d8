"""The organisations, the people who work for them, the directory and the targets."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from linkworkers.models import Worker
from partners.models import CommunityService, Membership, Organisation
from reports.models import Target
from spring.accounts.models import User
from spring.accounts.roles import Role
from spring.core.dates import add_months
from spring.demo import county
from spring.demo.accounts import ACCOUNTS, PASSWORD
from spring.demo.batch import Batch
from spring.demo.chance import Chance
from spring.demo.names import FEMALE, MALE, STAFF, SURNAMES

Kind = Organisation.Kind
FEWEST_WORKERS = 15
OPEN_SHARE = 0.5  # of all people ever referred, about so many are with Spring now
FULL = 45
VOLUNTEER_SHARE = 0.25  # of a link worker's people


@dataclass
class Post:
    """A link worker or volunteer at a partner, and how large a part of the work is theirs."""

    user: User
    partner: Organisation
    volunteer: bool
    share: float


@dataclass
class Service:
    """Everything that is there before the first referral comes."""

    began: datetime
    partners: dict[str, Organisation] = field(default_factory=dict)
    practices: list[Organisation] = field(default_factory=list)
    by_town: dict[str, list[Organisation]] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    coordinators: list[User] = field(default_factory=list)
    nhs: dict[str, User] = field(default_factory=dict)  # by the id of the network
    networks: dict[str, Organisation] = field(default_factory=dict)
    left: Post | None = None
    left_on: date | None = None

    def post_of(self, name: str) -> Post:
        """The post of a link worker by name."""
        return next(post for post in self.posts if post.user.name == name)


class Founding:
    """Puts the service together, row by row, into a batch."""

    def __init__(self, chance: Chance, batch: Batch, *, people: int, months: int, as_of: date):
        self.chance, self.batch = chance, batch
        self.people, self.months, self.as_of = people, months, as_of
        self.first_day = add_months(as_of, -months) - timedelta(days=60)
        # One hash for all: to work it out is slow by design. The salt is drawn like all else.
        salt = "".join(chance.choices("abcdefghijkmnpqrstuvwxyz23456789", k=24))
        self.password = make_password(PASSWORD, salt=salt)
        self.emails: set[str] = set()
        self.service = Service(began=chance.moment(self.first_day))

    def all(self) -> Service:
        """Found everything; the rows are in the batch."""
        self._organisations()
        self._staff()
        self._workers()
        self._directory()
        self._targets()
        return self.service

    def _organisation(self, kind: str, name: str, code: str, **facts) -> Organisation:
        began = self.service.began
        return self.batch.add(
            Organisation(
                id=self.chance.id_at(began), created_at=began, kind=kind, name=name, code=code,
                **facts,
            )
        )  # fmt: skip

    def _organisations(self) -> None:
        service, chance = self.service, self.chance
        self.spring = self._organisation(Kind.SERVICE, "Spring", "SPRING")
        self.commissioner = self._organisation(
            Kind.COMMISSIONER, "Northamptonshire Commissioning Board (fictional)", "NCB"
        )
        for code, name in county.PARTNERS:
            service.partners[code] = self._organisation(
                Kind.PARTNER, name, code, telephone=f"01632 9600{len(service.partners):02}"
            )
        districts = {town: (codes, council) for town, codes, council, _ in county.TOWNS}
        places = []
        for number, (name, council, towns) in enumerate(county.NETWORKS, 1):
            network = self._organisation(Kind.PCN, name, f"U99{number:03}", council=council)
            service.networks[name] = network
            places += [(network, town) for town in towns]
        for number in range(county.PRACTICES):
            network, town = places[number % len(places)]
            name = _practice_name(number)
            place = 101 + number
            if place == 123:
                network, town = service.networks["Foxglove Valley PCN"], "Kettering"
                name = "Rockingham Forest Surgery"
            outward, council = districts[town]
            domain = name.split()[0].lower()
            practice = self._organisation(
                Kind.PRACTICE, name, f"Z99{place:03}", network=network, council=council,
                address=f"{chance.whole(1, 90)} {chance.one_of(county.STREETS)}, {town}",
                postcode=made_up_postcode(chance, chance.one_of(outward)),
                telephone=f"01632 960{chance.whole(100, 999)}",
                email=f"referrals@{domain}.example",
            )  # fmt: skip
            service.practices.append(practice)
            service.by_town.setdefault(town, []).append(practice)
        merged = service.practices[-1]  # one surgery closed in the course of the story
        merged.valid_to = add_months(self.as_of, -4)
        merged.successor = next(
            p for p in service.practices if p.network_id == merged.network_id and p is not merged
        )

    def _user(self, name: str, email: str = "") -> User:
        began = self.service.began
        stem = email or f"{'.'.join(name.lower().split())}@spring.example"
        email, n = stem, 1
        while email in self.emails:
            n += 1
            email = stem.replace("@", f"{n}@")
        self.emails.add(email)
        return self.batch.add(
            User(
                id=self.chance.id_at(began), created_at=began, invited_at=began, name=name,
                email=email, password=self.password, is_active=True,
            )
        )  # fmt: skip

    def _member(self, user: User, organisation: Organisation, role: str, until=None) -> None:
        began = self.service.began
        self.batch.add(
            Membership(
                id=self.chance.id_at(began), created_at=began, user=user,
                organisation=organisation, role=role, starts_on=self.first_day, ends_on=until,
            )
        )  # fmt: skip

    def _staff(self) -> None:
        service, partners = self.service, self.service.partners
        told = {email.split("@")[0]: (name, email) for email, name, _ in ACCOUNTS}
        first = self._user(*told["coordinator"])
        second = self._user("Simon Garley")
        service.coordinators = [first, second]
        for user in service.coordinators:
            self._member(user, self.spring, Role.COORDINATOR)
        self._member(self._user("Wendy Croft"), partners["AUN"], Role.COORDINATOR)
        self._member(self._user(*told["partner"]), partners["NC"], Role.PARTNER_MANAGER)
        for code, name in (
            ("MT", "Leon Baptiste"),
            ("GPA", "Anita Dhillon"),
            ("AUN", "Rory Flint"),
        ):
            self._member(self._user(name), partners[code], Role.PARTNER_MANAGER)
        self._member(self._user(*told["manager"]), self.spring, Role.SERVICE_MANAGER)
        self._member(self._user(*told["commissioner"]), self.commissioner, Role.COMMISSIONER)
        self._member(self._user(*told["administrator"]), self.spring, Role.ADMINISTRATOR)
        networks = list(service.networks.values())
        for number, name in enumerate(("", "Tess Morley", "Femi Adu", "Jill Waddup", "Carl Renn")):
            user = self._user(name) if name else self._user(*told["nhs"])
            own = networks[6:8] if number == 0 else (networks[:6] + networks[8:])[number - 1 :: 4]
            for network in own:
                self._member(user, network, Role.NHS_LINK_WORKER)
                service.nhs[str(network.pk)] = user

    def _workers(self) -> None:
        told = {name: email for email, name, _ in ACCOUNTS}
        count = max(FEWEST_WORKERS, round(self.people * OPEN_SHARE / FULL / 0.83))
        chance, codes = self.chance, [code for code, _ in county.PARTNERS]
        for number in range(count):
            named = number < len(STAFF)
            name = STAFF[number] if named else chance.one_of(FEMALE + MALE) + " " + chance.one_of(
                SURNAMES
            )  # fmt: skip
            volunteer = 11 <= number < 15 if named else chance.often(0.2)
            code = codes[number % 4]
            self._post(name, code, volunteer=volunteer, email=told.get(name, ""))
        post = self._post("Lynne Oram", "GPA", volunteer=False)
        left = self.service.left_on = add_months(self.as_of, -max(1, self.months // 4))
        self.service.posts.remove(post)
        self.service.left = post
        post.user.is_active = False
        post.user.ended_at = chance.moment(left, 17, 18)
        self.batch.rows[Membership][-1].ends_on = left

    def _post(self, name: str, code: str, *, volunteer: bool, email: str = "") -> Post:
        chance, partner = self.chance, self.service.partners[code]
        user = self._user(name, email)
        self._member(user, partner, Role.VOLUNTEER if volunteer else Role.LINK_WORKER)
        capacity = chance.one_of((8, 10, 12)) if volunteer else chance.one_of((40, 45, 45, 50))
        if name == STAFF[0]:
            capacity = 50
        self.batch.add(
            Worker(
                id=chance.id_at(self.service.began), created_at=self.service.began, user=user,
                partner=partner, capacity=capacity, is_volunteer=volunteer,
                away_until=self.as_of + timedelta(days=9) if name == "Beth Rawlins" else None,
            )
        )  # fmt: skip
        share = VOLUNTEER_SHARE if volunteer else chance.uniform(0.85, 1.15)
        post = Post(user, partner, volunteer, share)
        self.service.posts.append(post)
        return post

    def _directory(self) -> None:
        chance = self.chance
        districts = {town: (codes, council) for town, codes, council, _ in county.TOWNS}
        for number, (name, provider, need, town, when, cost) in enumerate(county.SERVICES):
            # Every ninth has not been looked at for half a year or more; two have closed.
            stale = number % 9 == 4
            days = chance.whole(180, 420) if stale else chance.whole(3, 85)
            codes, council = districts[town] if town else (("",), "")
            domain = "".join(c for c in provider.lower() if c.isascii() and c.isalpha())
            self.batch.add(
                CommunityService(
                    id=chance.id_at(self.service.began), created_at=self.service.began,
                    name=name, provider=provider, need=need, council=council, place=town,
                    description=f"{name} is run by {provider}. Newcomers are met at the door.",
                    postcode=made_up_postcode(chance, chance.one_of(codes)) if town else "",
                    when=when, cost=cost,
                    access=chance.one_of(("Step-free", "Step-free, hearing loop", "One step", "")),
                    telephone=f"01632 960{chance.whole(100, 999)}",
                    website=f"https://{domain}.example/" if chance.often(0.7) else "",
                    last_checked_on=self.as_of - timedelta(days=days),
                    is_open=number not in (13, 40),
                )
            )  # fmt: skip

    def _targets(self) -> None:
        a_year = self.people * 12 / self.months
        first, last = contract_year(add_months(self.as_of, -self.months)), contract_year(self.as_of)
        for year in range(first, last + 1):
            for measure, share in ((Target.Measure.STARTED, 0.85), (Target.Measure.REFERRED, 1.1)):
                self.batch.add(
                    Target(
                        year=year, measure=measure, people=max(1, round(a_year * share / 10)) * 10
                    )
                )


def contract_year(day: date) -> int:
    """The contract year a day lies in, by the calendar year it begins in: July to June."""
    return day.year if day.month >= 7 else day.year - 1


def made_up_postcode(chance: Chance, district: str) -> str:
    """A postcode in a real district, with an ending that is unlikely to be anybody's."""
    return f"{district} {chance.whole(0, 9)}{chance.one_of('XYZ')}{chance.one_of('XZ')}"


def _practice_name(number: int) -> str:
    starts, endings = county.PRACTICE_STARTS, county.PRACTICE_ENDINGS
    turn, place = divmod(number, len(starts))
    ending = endings[(place * 3 + turn) % len(endings)]
    return f"{starts[place]}{ending} {county.PRACTICE_KINDS[number % len(county.PRACTICE_KINDS)]}"

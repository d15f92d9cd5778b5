"""The people and organizations of the demo. Their passwords are no secret: the demo is for one machine."""

from dataclasses import dataclass

from posthub.accounts.models import StaffRole

PASSWORD = "posthub-demo-2026"  # noqa: S105 (printed for whoever tries the demo)


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    staff_role: str = StaffRole.NONE
    language: str = "cs"

    @property
    def role(self) -> str:
        return self.staff_role or "SUPERVISOR"


CLIENT = Person("tereza@podhorka.example", "Tereza Hanáková")
NEWCOMER = Person("alex@alder.example", "Alex Alder", language="en")
MARKETER = Person("marek@posthub.example", "Marek Beran", StaffRole.MARKETER)
MANAGER = Person("mona@posthub.example", "Mona Krausová", StaffRole.MANAGER)
ADMIN = Person("adam@posthub.example", "Adam Vlk", StaffRole.ADMIN)
PEOPLE = (CLIENT, NEWCOMER, MARKETER, MANAGER, ADMIN)

NETWORKS = ["facebook", "instagram", "linkedin", "x", "tiktok"]

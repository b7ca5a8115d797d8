"""First names and surnames, joined by chance: whom they name is nobody."""

from spring.demo.chance import Odds

FEMALE = (
    "Margaret", "Susan", "Patricia", "Christine", "Jean", "Linda", "Carol", "Barbara", "Sandra",
    "Pauline", "Maureen", "Janet", "Brenda", "Sheila", "Joyce", "Kathleen", "Julie", "Karen",
    "Tracey", "Debbie", "Sharon", "Michelle", "Lisa", "Emma", "Sarah", "Rachel", "Claire", "Gemma",
    "Lauren", "Chloe", "Megan", "Hannah", "Ellie", "Jade", "Rosemary", "Gillian", "Denise",
    "Yvonne", "Marion", "Dorothy", "Beryl", "Hazel", "Wendy", "Angela", "Tina", "Donna",
)  # fmt: skip
MALE = (
    "John", "Peter", "David", "Michael", "Alan", "Brian", "Keith", "Graham", "Roger", "Raymond",
    "Derek", "Kenneth", "Terence", "Malcolm", "Barry", "Stuart", "Colin", "Trevor", "Nigel",
    "Kevin", "Paul", "Mark", "Andrew", "Gary", "Darren", "Lee", "Craig", "Scott", "Ryan", "Jamie",
    "Liam", "Callum", "Jordan", "Nathan", "Adrian", "Dennis", "Frank", "Stanley", "Norman",
    "Leonard", "Clive", "Geoffrey", "Simon", "Martin",
)  # fmt: skip
SURNAMES = (
    "Abbott", "Adcock", "Allibone", "Bailey", "Barker", "Bates", "Beeby", "Betts", "Blencowe",
    "Bosworth", "Brawn", "Brown", "Burgess", "Carter", "Chambers", "Chapman", "Clarke", "Coles",
    "Cooper", "Cox", "Dainty", "Davies", "Dawson", "Denton", "Dunkley", "Ellis", "Essam", "Evans",
    "Faulkner", "Fisher", "Foster", "Freeman", "Gibbins", "Goodman", "Green", "Groom", "Hales",
    "Hall", "Hardwick", "Harris", "Hewitt", "Hodson", "Holloway", "Hughes", "Ingram", "Jackson",
    "Jeyes", "Jones", "Kirby", "Knight", "Labrum", "Langley", "Lewin", "Lewis", "Loakes", "Manning",
    "Marlow", "Mason", "Mobbs", "Moore", "Munn", "Neal", "Newton", "Panter", "Parker", "Payne",
    "Perkins", "Pettit", "Phillips", "Pickering", "Quincey", "Ratcliffe", "Reynolds", "Rice",
    "Robinson", "Rowlatt", "Sharman", "Shaw", "Smith", "Spriggs", "Stanton", "Summers", "Talbot",
    "Tarry", "Taylor", "Thompson", "Tebbutt", "Underwood", "Vickers", "Walker", "Warren", "Watts",
    "West", "Wilkins", "Williams", "Wills", "Woodcock", "Wright", "York",
)  # fmt: skip

# Of each background: women's names, men's names, surnames.
POOLS = {
    "british": (FEMALE, MALE, SURNAMES),
    "irish": (
        ("Bridget", "Siobhán", "Niamh", "Maeve", "Nora", "Aoife"),
        ("Declan", "Patrick", "Seán", "Eamon", "Cormac", "Liam"),
        ("O'Brien", "O'Donnell", "Murphy", "Byrne", "Ó Súilleabháin", "Kavanagh", "McGrath"),
    ),
    "welsh": (
        ("Siân", "Angharad", "Gwenllïan", "Bethan", "Nerys"),
        ("Gruffydd", "Rhŷs", "Emyr", "Dafydd", "Iwan"),
        ("Pryce", "ap Dafydd", "Gwynne", "Llewellyn", "Môn-Hughes"),
    ),
    "polish": (
        ("Małgorzata", "Agnieszka", "Zofia", "Katarzyna", "Wiesława", "Łucja"),
        ("Tomasz", "Paweł", "Krzysztof", "Łukasz", "Zbigniew", "Michał"),
        ("Wiśniewska", "Kowalczyk", "Zając", "Dąbrowski", "Szymańska", "Woźniak", "Żak"),
    ),
    "romanian": (
        ("Ioana", "Mihaela", "Ștefania", "Elena"),
        ("Andrei", "Ionuț", "Ștefan", "Vasile"),
        ("Popescu", "Țăran", "Ionescu", "Munteanu", "Rusu"),
    ),
    "asian": (
        ("Sunita", "Amina", "Nasreen", "Harpreet", "Farzana", "Meena", "Shabnam"),
        ("Imran", "Rajesh", "Mohammed", "Gurdeep", "Anwar", "Sanjay", "Tariq"),
        ("Patel", "Khatun", "Singh", "Begum", "Hussain", "Sharma", "Miah", "Chowdhury", "Gill"),
    ),
    "black": (
        ("Joyce", "Blessing", "Grace", "Adaeze", "Comfort", "Marcia", "Shanice"),
        ("Emmanuel", "Tendai", "Kwame", "Winston", "Chidi", "Delroy", "Samuel"),
        ("Adeyemi", "Mensah", "Moyo", "Campbell", "Okonkwo", "Ncube", "Francis", "Boateng"),
    ),
    "chinese": (("Mei", "Li Na", "Xiu", "Yan"), ("Wei", "Jun", "Hao", "Tak"), ("Chen", "Wong",
                "Li", "Zhang", "Cheung")),
    "other": (
        ("Leyla", "Maria", "Shirin", "Nour", "Fatou"),
        ("Ahmet", "João", "Reza", "Omar", "Mehmet"),
        ("Yılmaz", "da Silva", "Haddad", "Nejad", "Öztürk", "Núñez"),
    ),
}  # fmt: skip

ETHNICITIES = Odds(
    {
        "A": 70, "B": 1.2, "C": 9, "D": 1.2, "E": 0.8, "F": 0.8, "G": 0.9, "H": 3, "J": 1,
        "K": 1.4, "L": 1.6, "M": 1.3, "N": 4, "P": 0.8, "R": 0.6, "S": 1,
    }
)  # fmt: skip

BACKGROUNDS = {
    "A": Odds({"british": 96, "welsh": 4}),
    "B": Odds({"irish": 1}),
    "C": Odds({"polish": 5, "romanian": 3, "other": 1}),
    "D": Odds({"british": 1, "black": 1}),
    "E": Odds({"british": 1, "black": 2}),
    "F": Odds({"british": 1, "asian": 1}),
    "G": Odds({"british": 1, "other": 1}),
    "H": Odds({"asian": 1}),
    "J": Odds({"asian": 1}),
    "K": Odds({"asian": 1}),
    "L": Odds({"asian": 1}),
    "M": Odds({"black": 1}),
    "N": Odds({"black": 1}),
    "P": Odds({"black": 1}),
    "R": Odds({"chinese": 1}),
    "S": Odds({"other": 1}),
}

LANGUAGES = {
    "polish": "Polish",
    "romanian": "Romanian",
    "asian": "Gujarati",
    "chinese": "Cantonese",
    "other": "Turkish",
}

SHORTER = {
    "Margaret": "Meg", "Patricia": "Pat", "Christine": "Chris", "Susan": "Sue", "Kathleen": "Kath",
    "Rosemary": "Rose", "Dorothy": "Dot", "Terence": "Terry", "Kenneth": "Ken", "Raymond": "Ray",
    "Michael": "Mick", "Geoffrey": "Geoff", "Leonard": "Len", "Malgorzata": "Gosia",
    "Krzysztof": "Kris", "Mohammed": "Mo", "Stanley": "Stan", "Deborah": "Debs",
}  # fmt: skip

STAFF = (
    "Amira Khan", "Daniel Marriott", "Chidinma Eze", "Lorraine Sykes", "Tom Bellamy",
    "Kasia Nowak", "Beth Rawlins", "Joseph Attah", "Nisha Varma", "Owen Tranter", "Carol Dexter",
    "Keith Lovell", "Moira Keane", "Frances Plumb", "Ravi Desai",
)  # fmt: skip
"""The first fifteen link workers; the last four are volunteers."""

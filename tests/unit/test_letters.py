"""Letters of what waits: who has them, once a day, through a real mail server; and nothing else leaves the house."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fake_records import FakeRecords
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.mail import SmtpPost
from kb.adapters.mail_server import MailServer
from kb.adapters.smtp import written
from kb.errors import InvalidEntry, MailError, PermissionDenied, SettingsError
from kb.peers.learning.notice import NoticeKind
from kb.peers.learning.subscribing import NotTold, Subscribed, Subscription, Told, Unsubscribed, fold, read
from kb.services import members
from kb.services.clock import today
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning import lessons, mailing, matches, needs, offers
from kb.services.learning.digest_wording import WORDINGS
from kb.services.learning.mailing import Sent
from kb.services.permission import LOCAL_MEMBER
from kb.services.post import Letter, fault_of_address
from kb.ui.i18n import LANGUAGES
from tests.assessed import a_base, who

SENDER, USER, PASSWORD = "kb@example.org", "kb", "s3cret/:@"
URL_USER = "kb:s3cret%2F%3A%40"


@dataclass
class MailBox:
    """What a server took in."""

    letters: list[Envelope] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    refuses: bytes = b""
    was_encrypted: list[bool] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses and self.refuses in (envelope.original_content or b""):
            return "554 not here: secret words of the server"
        self.letters.append(envelope)
        self.was_encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, said: object) -> AuthResult:
        assert isinstance(said, LoginPassword)
        self.logins.append((said.login, said.password))
        return AuthResult(handled=False, success=(said.login, said.password) == (USER.encode(), PASSWORD.encode()))


class Server(Controller):
    """Listens where there is room."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass
class Running:
    """A server that listens here."""

    box: MailBox
    port: int


Serve = Callable[..., Running]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(begins + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("certificate") / "localhost.pem"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def serve(certificate: Path) -> Iterator[Serve]:
    """Start mail servers; they are stopped afterwards."""
    running: list[Controller] = []

    def begin(*, tls: str = "", refuses: bytes = b"", has_login: bool = False) -> Running:
        box = MailBox(refuses=refuses)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        said = {"authenticator": box.authenticate, "auth_required": tls == "starttls"} if has_login else {}
        said |= {"auth_require_tls": False} if tls == "implicit" else {}
        said |= {"tls_context": context, "require_starttls": True} if tls == "starttls" else {}
        server = Server(
            box,
            hostname="127.0.0.1",
            port=0,
            ssl_context=context if tls == "implicit" else None,
            server_hostname="localhost",
            **said,
        )
        server.start()
        running.append(server)
        return Running(box, server.port)

    yield begin
    for each in running:
        each.stop()


@pytest.fixture
def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts that certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def a_letter(**said: str) -> Letter:
    return Letter(**{"to": "ann@example.org", "subject": "What waits (1)", "text": "Grüße\n- one\n", "id": "abc", **said})


# the letter and its way ---------------------------------------------------------------------------------------------------


def test_a_letter_comes_as_plain_text_that_no_machine_answers(serve: Serve) -> None:
    there = serve()
    SmtpPost(f"smtp+plain://127.0.0.1:{there.port}", SENDER).send(a_letter())

    [envelope] = there.box.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["ann@example.org"])
    message = message_from_bytes(envelope.original_content or b"", policy=default)
    assert (message["From"], message["To"], message["Subject"]) == (SENDER, "ann@example.org", "What waits (1)")
    assert (message["Message-ID"], message["Auto-Submitted"]) == ("<abc@example.org>", "auto-generated")
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == "Grüße\n- one\n"
    assert message["Date"].datetime.date().isoformat() == today()


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize(("scheme", "tls"), [("smtp", "starttls"), ("smtps", "implicit")])
def test_name_and_password_go_to_a_trusted_server_over_an_encrypted_line_only(serve: Serve, scheme: str, tls: str) -> None:
    there = serve(tls=tls, has_login=True)
    SmtpPost(f"{scheme}://{URL_USER}@localhost:{there.port}", SENDER).send(a_letter())

    assert there.box.logins == [(USER.encode(), PASSWORD.encode())]
    assert there.box.was_encrypted == [True]


@pytest.mark.parametrize(("scheme", "tls"), [("smtp", "starttls"), ("smtps", "implicit")])
def test_a_server_whose_certificate_nobody_trusts_gets_nothing(serve: Serve, scheme: str, tls: str) -> None:
    there = serve(tls=tls, has_login=True)

    with pytest.raises(MailError, match="cannot be trusted") as told:
        SmtpPost(f"{scheme}://{URL_USER}@localhost:{there.port}", SENDER).send(a_letter())
    assert (there.box.letters, there.box.logins) == ([], [])
    assert "s3cret" not in str(told.value)


def test_what_the_server_refuses_is_told_without_its_words_and_without_the_password(serve: Serve, trusting: None) -> None:
    refusing, other = serve(refuses=b"Subject"), serve(tls="starttls", has_login=True)

    with pytest.raises(MailError, match=r"did not take the letter \(554\)") as first:
        SmtpPost(f"smtp+plain://localhost:{refusing.port}", SENDER).send(a_letter())
    with pytest.raises(MailError, match=r"did not take the name and password \(535\)") as second:
        SmtpPost(f"smtp://kb:wrong-s3cret@localhost:{other.port}", SENDER).send(a_letter())
    assert "secret words" not in str(first.value)
    assert "s3cret" not in str(second.value)
    assert (second.value.__cause__, second.value.__suppress_context__) == (None, True)  # no traceback holds it either


def test_a_server_that_is_not_there_is_told(serve: Serve) -> None:
    there = serve()
    url = f"smtp://127.0.0.1:{there.port}"
    for each in (url, "smtp://127.0.0.1:1", f"smtp://{'a' * 70}.org", "smtp://a..b"):
        post = SmtpPost(each, SENDER)
        if each == url:
            post.send(a_letter())  # on this very machine it may be without encryption
        else:
            with pytest.raises(MailError, match="cannot be reached"):
                post.send(a_letter())


@given(st.text(), st.text(), st.text(max_size=20))
def test_nothing_that_is_typed_becomes_another_header_or_another_address(subject: str, text: str, end: str) -> None:
    letter = a_letter(subject=f"{subject}\r\nBcc: eve@example.org\n{end}", text=text)
    message = message_from_bytes(written(letter, SENDER).as_bytes(), policy=default)

    assert sorted(message.keys()) == sorted(
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "Content-Type",
            "Content-Transfer-Encoding",
            "MIME-Version",
        ]
    )
    assert (message["To"], message["Bcc"]) == ("ann@example.org", None)


@pytest.mark.parametrize("address", [
    "", "ann", "ann@", "@example.org", "ann@example", "ann@@example.org", "ann@exa m.org", "a,b@example.org", "a@b.org\n",
    "ann@example.org, eve@example.org", "Ann <ann@example.org>", "ann@-a.org", "ann@a-.org", ".a@b.org", "a..b@b.org", "ä@b.org",
    "a@b.org\r\nBcc: e@b.org", f"{'a' * 65}@b.org", f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}", '"a b"@b.org', "a@[127.0.0.1]"
])  # fmt: skip
def test_what_is_no_address_is_taken_for_none(address: str) -> None:
    assert "is no mail address" in fault_of_address(address)


@pytest.mark.parametrize(
    "address", ["ann@example.org", "a.b+c@mail.example.co.uk", "o'neil@b.ie", f"{'a' * 64}@b.org", "x_y@b-c.org"]
)
def test_what_is_one_is_taken(address: str) -> None:
    assert fault_of_address(address) == ""


@pytest.mark.parametrize("url", [
    "mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:notaport", "smtp://h/path", "smtp://h:25?x=1", "smtp://[",
    "smtp+plain://kb:secret@h", "smtps://kb:secret%C3%A4@h",
])  # fmt: skip
def test_a_setting_that_is_no_mail_server_is_told_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError) as told:
        SmtpPost(url, SENDER).send(a_letter())
    assert "KB_SMTP_URL" in str(told.value)
    assert "secret" not in str(told.value)


def test_a_server_is_spelled_as_an_address_and_keeps_its_password_to_itself() -> None:
    server = MailServer.of(f"smtps://{URL_USER}@mail.example.org")

    assert (server.host, server.port, server.user, server.password) == ("mail.example.org", 465, USER, PASSWORD)
    assert "s3cret" not in repr(server)
    assert (MailServer.of("smtp://h").port, MailServer.of("smtp+plain://h").port, MailServer.of("smtp://h:26").port) == (
        587,
        25,
        26,
    )


# who has letters ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """Bo is proposed to ann: that waits for her, and for nobody else."""
    kb = a_base(tmp_path, FakeRecords())
    needs.post(kb, "Soil\r\nBcc: eve@example.org", "How?", seeks="knowledge", actor=who(kb, "ann"))
    offers.post(kb, "Worms", "We keep worms.", gives=["knowledge"], actor=who(kb, "bo"))
    matches.propose(kb, "need-1", "offer-1", actor=who(kb, "fay"))
    return kb


@pytest.fixture
def posting(kb: KnowledgeBase, serve: Serve) -> tuple[KnowledgeBase, MailBox]:
    there = serve(refuses=b"bo@example.org")
    return replace(kb, post=SmtpPost(f"smtp+plain://127.0.0.1:{there.port}", SENDER), app_url="https://kb.example.org"), there.box


def told(kb: KnowledgeBase, **said: bool) -> list[tuple[str, int, bool, bool]]:
    return [(each.name, each.n, each.was_told, bool(each.fault)) for each in mailing.notify(kb, actor=LOCAL_MEMBER, **said)]


def test_nobody_has_letters_who_did_not_ask(posting: tuple[KnowledgeBase, MailBox]) -> None:
    kb, box = posting

    assert told(kb) == []
    assert box.letters == []
    assert mailing.subscription(kb, actor=who(kb, "ann")) is None


def test_who_asked_has_one_letter_a_day_of_what_waits_and_none_where_nothing_does(posting: tuple[KnowledgeBase, MailBox]) -> None:
    kb, box = posting
    for name in ("ann", "sam"):
        mailing.subscribe(kb, f"{name}@example.org", actor=who(kb, name))

    assert told(kb, dry_run=True) == [("ann", 1, False, False), ("sam", 0, False, False)]
    assert box.letters == []
    assert told(kb) == [("ann", 1, False, False), ("sam", 0, False, False)]
    assert told(kb) == [("ann", 1, True, False), ("sam", 0, False, False)]
    [envelope] = box.letters
    assert envelope.rcpt_tos == ["ann@example.org"]
    text = message_from_bytes(envelope.original_content or b"", policy=default).get_content()
    assert "- A match is proposed for you: Soil Bcc: eve@example.org ↔ Worms [match-1]" in text.splitlines()
    assert "Look at it here: https://kb.example.org/learning" in text.splitlines()


def test_a_letter_is_in_the_language_that_its_reader_chose_last(posting: tuple[KnowledgeBase, MailBox]) -> None:
    kb, box = posting
    for language in ("en", "fr", "fr"):
        mailing.subscribe(kb, "ann@example.org", language=language, actor=who(kb, "ann"))

    assert [each.language for each in mailing.subscribers(kb, actor=LOCAL_MEMBER)] == ["fr"]
    assert told(kb) == [("ann", 1, False, False)]
    [envelope] = box.letters
    message = message_from_bytes(envelope.original_content or b"", policy=default)
    assert message["Subject"] == "Ce qui vous attend (1)"
    assert message.get_content().splitlines() == [
        "Bonjour ann,",
        "",
        "voici ce qui vous attend dans la base de connaissances :",
        "",
        "- Une mise en relation vous est proposée : Soil Bcc: eve@example.org ↔ Worms [match-1]",
        "",
        "À voir ici : https://kb.example.org/learning",
        "",
        "Vous avez demandé ce courriel. Pour ne plus le recevoir, allez à la page Apprendre, "
        "ou tapez : kb learn notices unsubscribe",
    ]
    with pytest.raises(InvalidEntry, match=r"no letters in “zz”\. Choose one of en, fr"):
        mailing.subscribe(kb, "ann@example.org", language="zz", actor=who(kb, "ann"))
    with kb.records() as records:
        assert [each.kind for each in records.journal.of("notices", "ann")] == ["subscribed", "subscribed", "told"]


def test_who_asked_before_a_language_could_be_chosen_has_english_letters() -> None:
    asked = read("subscribed", "{}")

    assert fold([("2026-01-01T00:00:00+00:00", asked)]).language == "en"


def test_every_word_of_a_letter_is_there_in_every_language_of_the_app() -> None:
    """With the same names to fill in, and no sentence left in English."""
    assert set(WORDINGS) == set(LANGUAGES)
    english = vars(WORDINGS["en"])
    for language in set(WORDINGS) - {"en"}:
        words = vars(WORDINGS[language])
        for name, said in english.items():
            if name != "kinds":
                assert words[name] != said
                assert sorted(re.findall(r"{\w+}", words[name])) == sorted(re.findall(r"{\w+}", said))
        assert set(words["kinds"]) == set(english["kinds"]) == set(NoticeKind)
        assert not set(words["kinds"].values()) & set(english["kinds"].values())


def test_who_asks_for_no_more_while_others_are_told_gets_no_letter(kb: KnowledgeBase) -> None:
    """Letters go out one after another, and that takes a while."""
    lessons.note(kb, "Worms are slow.", level="individual", from_whom="House of Bo", actor=who(kb, "ann"))
    for name in ("ann", "bo"):
        mailing.subscribe(kb, f"{name}@example.org", actor=who(kb, name))
    sent: list[str] = []

    class Slow:
        is_set = True

        def send(self, letter: Letter) -> None:
            sent.append(letter.to)
            mailing.unsubscribe(kb, actor=who(kb, "bo"))

    assert told(replace(kb, post=Slow())) == [("ann", 1, False, False), ("bo", 0, False, False)]
    assert sent == ["ann@example.org"]


def test_a_letter_that_is_not_taken_is_told_and_sent_later_and_the_others_go_out(posting: tuple[KnowledgeBase, MailBox]) -> None:
    kb, box = posting
    lessons.note(kb, "Worms are slow.", level="individual", from_whom="House of Bo", actor=who(kb, "ann"))
    for name in ("ann", "bo"):
        mailing.subscribe(kb, f"{name}@example.org", actor=who(kb, name))

    assert told(kb) == [("ann", 1, False, False), ("bo", 1, False, True)]
    mailing.subscribe(kb, "bo@example.com", actor=who(kb, "bo"))
    assert told(kb) == [("ann", 1, True, False), ("bo", 1, False, False)]
    assert [each.rcpt_tos for each in box.letters] == [["ann@example.org"], ["bo@example.com"]]


def test_an_address_is_seen_by_its_owner_and_administrators_alone_and_forgotten_on_request(kb: KnowledgeBase) -> None:
    ann, fay = who(kb, "ann"), who(kb, "fay")
    mailing.subscribe(kb, " ann@example.org ", actor=ann)

    own = mailing.subscription(kb, actor=ann)
    assert own is not None
    assert own.address == "ann@example.org"
    assert mailing.subscription(kb, actor=fay) is None
    with pytest.raises(PermissionDenied):
        mailing.subscribers(kb, actor=fay)
    assert [each.address for each in mailing.subscribers(kb, actor=LOCAL_MEMBER)] == ["ann@example.org"]
    mailing.unsubscribe(kb, actor=ann)
    mailing.unsubscribe(kb, actor=ann)
    assert mailing.subscribers(kb, actor=LOCAL_MEMBER) == []
    with kb.records() as records:
        assert "example.org" not in repr((records.drafts.of_member("ann"), records.journal.everyone("notices")))
        assert [each.kind for each in records.journal.of("notices", "ann")] == ["subscribed", "unsubscribed"]


def test_another_address_takes_the_place_of_the_first(kb: KnowledgeBase) -> None:
    for address in ("ann@example.org", "ann@example.com"):
        mailing.subscribe(kb, address, actor=who(kb, "ann"))

    assert [each.address for each in mailing.subscribers(kb, actor=LOCAL_MEMBER)] == ["ann@example.com"]


def test_who_may_act_no_more_and_who_is_made_up_has_no_letters(kb: KnowledgeBase) -> None:
    mailing.subscribe(kb, "ann@example.org", actor=who(kb, "ann"))
    members.change(kb, "ann", version=1, is_active=False, actor=LOCAL_MEMBER)
    members.add(kb, "Demo zoe", organisation="Nobody (not real)", country="", roles=set(), is_demo=True, actor=LOCAL_MEMBER)

    assert mailing.notify(kb, actor=LOCAL_MEMBER) == []
    with pytest.raises(InvalidEntry, match="demonstration"):
        mailing.subscribe(kb, "zoe@example.org", actor=who(kb, "Demo zoe"))
    with pytest.raises(InvalidEntry, match="is no mail address"):
        mailing.subscribe(kb, "sam", actor=who(kb, "sam"))


def test_without_a_mail_server_a_letter_can_be_made_and_not_sent_and_may_be_sent_later(kb: KnowledgeBase) -> None:
    mailing.subscribe(kb, "ann@example.org", actor=who(kb, "ann"))

    assert not kb.post.is_set
    with pytest.raises(SettingsError, match="KB_SMTP_URL"):
        mailing.notify(kb, actor=LOCAL_MEMBER)
    [made] = mailing.notify(kb, actor=LOCAL_MEMBER, dry_run=True)
    assert made == Sent("ann", 1, made.text)
    assert made.text.startswith("Hello ann,")


EVENTS = st.sampled_from(
    [Subscribed(), Unsubscribed(), Told(on="2026-01-01", n=1), Told(on="2026-01-02", n=1), NotTold(on="2026-01-02")]
)


@given(st.lists(EVENTS, max_size=8))
def test_the_last_word_on_letters_counts_and_a_day_that_failed_is_free_again(
    events: list[Subscribed | Unsubscribed | Told | NotTold],
) -> None:
    found = fold(("2026-01-01T00:00:00+00:00", each) for each in events)

    asked = [each for each in events if isinstance(each, Subscribed | Unsubscribed)]
    assert found.is_on == bool(asked and isinstance(asked[-1], Subscribed))
    sent = [each for each in events if isinstance(each, Told | NotTold)]
    if sent and isinstance(sent[-1], Told):
        assert found.told_on == sent[-1].on
    assert fold([]) == Subscription()

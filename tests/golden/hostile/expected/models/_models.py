"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeAlias, TypeGuard, get_args

from .._runtime.codec import Tagged, UnknownVariant


@dataclass(slots=True, kw_only=True)
class AExec:
    t: str | None = field(default=None, metadata={"wire": 't"""'})
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class B:
    t: str | None = field(default=None, metadata={"wire": 't"""'})
    x: int | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


@dataclass(slots=True, kw_only=True)
class Evil:
    """\"\"\x22
    ends with \x22
    \\
    \\N{x}
    \\x
    a
    b
    a
    b
    a
    b
    nul\x00
    \u2028
    \u202e
    {x}{{x}}{%x%}%s${x}
    '+exec('')+'
    \"+__import__("os")+\x22
    */
    coding: utf-7 +ACIACg-
    ../../x
    CON
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

    class
    None
    __init__
    self
    ﬁ
    """

    field_1: str | None = field(default=None, metadata={"wire": '"""'})
    """\"\"\x22"""
    ends_with: str | None = field(default=None, metadata={"wire": 'ends with "'})
    """ends with \x22"""
    field_2: str | None = field(default=None, metadata={"wire": "\\"})
    """\\"""
    n_x: str | None = field(default=None, metadata={"wire": "\\N{x}"})
    """\\N{x}"""
    x_2: str | None = field(default=None, metadata={"wire": "\\x"})
    """\\x"""
    a_b: str | None = field(default=None, metadata={"wire": "a\nb"})
    """a
    b
    """
    a_b_3: str | None = field(default=None, metadata={"wire": "a\rb"})
    """a
    b
    """
    a_b_2: str | None = field(default=None, metadata={"wire": "a\r\nb"})
    """a
    b
    """
    nul: str | None = field(default=None, metadata={"wire": "nul\x00"})
    """nul\x00"""
    field_3: str | None = field(default=None, metadata={"wire": "\u2028"})
    field_4: str | None = field(default=None, metadata={"wire": "\u202e"})
    """\u202e"""
    x_x_x_s_x: str | None = field(
        default=None, metadata={"wire": "{x}{{x}}{%x%}%s${x}"}
    )
    """{x}{{x}}{%x%}%s${x}"""
    exec: str | None = field(default=None, metadata={"wire": "'+exec('')+'"})
    """'+exec('')+'"""
    import_os: str | None = field(
        default=None, metadata={"wire": '"+__import__("os")+"'}
    )
    """\"+__import__("os")+\x22"""
    star_slash: str | None = field(default=None, metadata={"wire": "*/"})
    """*/"""
    coding_utf_7_acia_cg: str | None = field(
        default=None, metadata={"wire": "coding: utf-7 +ACIACg-"}
    )
    """coding: utf-7 +ACIACg-"""
    x: str | None = field(default=None, metadata={"wire": "../../x"})
    """../../x"""
    con: str | None = field(default=None, metadata={"wire": "CON"})
    """CON"""
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: (
        str | None
    ) = None
    """xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"""
    empty: str | None = None
    class_: str | None = field(default=None, metadata={"wire": "class"})
    """class"""
    none: str | None = field(default=None, metadata={"wire": "None"})
    """None"""
    init: str | None = field(default=None, metadata={"wire": "__init__"})
    """__init__"""
    self_: str | None = field(default=None, metadata={"wire": "self"})
    """self"""
    fi: str | None = field(default=None, metadata={"wire": "ﬁ"})
    """ﬁ"""
    const: Literal[
        '"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ'
    ] = field(
        default='"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ',
        metadata={"wire": 'const"""'},
    )
    enum: EvilEnum | str | None = field(default=None, metadata={"wire": 'enum"""'})
    union: EvilUnion | None = None
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


EvilEnum: TypeAlias = Literal[
    '"""',
    'ends with "',
    "\\",
    "\\N{x}",
    "\\x",
    "a\nb",
    "a\rb",
    "a\r\nb",
    "nul\x00",
    "\u2028",
    "\u202e",
    "{x}{{x}}{%x%}%s${x}",
    "'+exec('')+'",
    '"+__import__("os")+"',
    "*/",
    "coding: utf-7 +ACIACg-",
    "../../x",
    "CON",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "",
    "class",
    "None",
    "__init__",
    "self",
    "ﬁ",
]
"""- `\"\"\"`: \"\"\x22

- `ends with "`: ends with \x22

- `\\`: \\

- `\\N{x}`: \\N{x}

- `\\x`: \\x

- `a
b`: a
b

- `a
b`: a
b

- `a
b`: a
b

- `nul\x00`: nul\x00

- `\u2028`: \u2028

- `\u202e`: \u202e

- `{x}{{x}}{%x%}%s${x}`: {x}{{x}}{%x%}%s${x}

- `'+exec('')+'`: '+exec('')+'

- `"+__import__("os")+"`: "+__import__("os")+\x22

- `*/`: */

- `coding: utf-7 +ACIACg-`: coding: utf-7 +ACIACg-

- `../../x`: ../../x

- `CON`: CON

-
  `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`:
  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

- `class`: class

- `None`: None

- `__init__`: __init__

- `self`: self

- `ﬁ`: ﬁ
"""


def is_evil_enum(value: object) -> TypeGuard[EvilEnum]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilEnum)


EvilImportOsNX: TypeAlias = Literal['"""', 'other"""']


def is_evil_import_os_nx(value: object) -> TypeGuard[EvilImportOsNX]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNX)


EvilImportOsNXAB: TypeAlias = Literal["a\nb", "othera\nb"]


def is_evil_import_os_nxab(value: object) -> TypeGuard[EvilImportOsNXAB]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXAB)


EvilImportOsNXABValue: TypeAlias = Literal["a\rb", "othera\rb"]


def is_evil_import_os_nxab_value(value: object) -> TypeGuard[EvilImportOsNXABValue]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXABValue)


EvilImportOsNXABValue_2: TypeAlias = Literal["a\r\nb", "othera\r\nb"]


def is_evil_import_os_nxab_value_2(value: object) -> TypeGuard[EvilImportOsNXABValue_2]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXABValue_2)


EvilImportOsNXCON: TypeAlias = Literal["CON", "otherCON"]


def is_evil_import_os_nxcon(value: object) -> TypeGuard[EvilImportOsNXCON]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXCON)


EvilImportOsNXClass: TypeAlias = Literal["class", "otherclass"]


def is_evil_import_os_nx_class(value: object) -> TypeGuard[EvilImportOsNXClass]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXClass)


EvilImportOsNXCodingUtf7ACIACg: TypeAlias = Literal[
    "coding: utf-7 +ACIACg-", "othercoding: utf-7 +ACIACg-"
]


def is_evil_import_os_nx_coding_utf7_acia_cg(
    value: object,
) -> TypeGuard[EvilImportOsNXCodingUtf7ACIACg]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXCodingUtf7ACIACg)


EvilImportOsNXEndsWith: TypeAlias = Literal['ends with "', 'otherends with "']


def is_evil_import_os_nx_ends_with(value: object) -> TypeGuard[EvilImportOsNXEndsWith]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXEndsWith)


@dataclass(slots=True, kw_only=True)
class EvilImportOsNXError404:
    ends_with_n_x_x_a_b_a_b_a_b_nul_x_x_x_s_x_exec_import_os_coding_utf_7_acia_cg_x_con_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_class_none_init_self_fi: (
        str | None
    ) = field(
        default=None,
        metadata={
            "wire": '"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ'
        },
    )
    additional_properties: dict[str, Any] = field(
        default_factory=dict[str, Any], repr=False
    )
    """Properties that the documentation does not name, kept as they came."""


EvilImportOsNXExec: TypeAlias = Literal["'+exec('')+'", "other'+exec('')+'"]


def is_evil_import_os_nx_exec(value: object) -> TypeGuard[EvilImportOsNXExec]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXExec)


EvilImportOsNXFi: TypeAlias = Literal["ﬁ", "otherﬁ"]


def is_evil_import_os_nx_fi(value: object) -> TypeGuard[EvilImportOsNXFi]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXFi)


EvilImportOsNXImportOs: TypeAlias = Literal[
    '"+__import__("os")+"', 'other"+__import__("os")+"'
]


def is_evil_import_os_nx_import_os(value: object) -> TypeGuard[EvilImportOsNXImportOs]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXImportOs)


EvilImportOsNXInit: TypeAlias = Literal["__init__", "other__init__"]


def is_evil_import_os_nx_init(value: object) -> TypeGuard[EvilImportOsNXInit]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXInit)


EvilImportOsNXNX: TypeAlias = Literal["\\N{x}", "other\\N{x}"]


def is_evil_import_os_nxnx(value: object) -> TypeGuard[EvilImportOsNXNX]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXNX)


EvilImportOsNXNone_: TypeAlias = Literal["None", "otherNone"]


def is_evil_import_os_nx_none(value: object) -> TypeGuard[EvilImportOsNXNone_]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXNone_)


EvilImportOsNXNul: TypeAlias = Literal["nul\x00", "othernul\x00"]


def is_evil_import_os_nx_nul(value: object) -> TypeGuard[EvilImportOsNXNul]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXNul)


EvilImportOsNXSelf: TypeAlias = Literal["self", "otherself"]


def is_evil_import_os_nx_self(value: object) -> TypeGuard[EvilImportOsNXSelf]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXSelf)


EvilImportOsNXValue: TypeAlias = Literal["\u202e", "other\u202e"]


def is_evil_import_os_nx_value(value: object) -> TypeGuard[EvilImportOsNXValue]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXValue)


EvilImportOsNXValue_2: TypeAlias = Literal["*/", "other*/"]


def is_evil_import_os_nx_value_2(value: object) -> TypeGuard[EvilImportOsNXValue_2]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXValue_2)


EvilImportOsNXValue_3: TypeAlias = Literal["\\", "other\\"]


def is_evil_import_os_nx_value_3(value: object) -> TypeGuard[EvilImportOsNXValue_3]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXValue_3)


EvilImportOsNXX: TypeAlias = Literal["../../x", "other../../x"]


def is_evil_import_os_nxx(value: object) -> TypeGuard[EvilImportOsNXX]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXX)


EvilImportOsNXXValue: TypeAlias = Literal["\\x", "other\\x"]


def is_evil_import_os_nxx_value(value: object) -> TypeGuard[EvilImportOsNXXValue]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXXValue)


EvilImportOsNXXXXSX: TypeAlias = Literal[
    "{x}{{x}}{%x%}%s${x}", "other{x}{{x}}{%x%}%s${x}"
]


def is_evil_import_os_nxxxxsx(value: object) -> TypeGuard[EvilImportOsNXXXXSX]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilImportOsNXXXXSX)


EvilImportOsNXXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: (
    TypeAlias
) = Literal[
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "otherxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
]


def is_evil_import_os_nx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx(
    value: object,
) -> TypeGuard[
    EvilImportOsNXXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(
        EvilImportOsNXXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    )


EvilStrExecABPost: TypeAlias = Literal["\u2028", "other\u2028"]


def is_evil_str_exec_ab_post(value: object) -> TypeGuard[EvilStrExecABPost]:
    """Whether a value is one that the documentation names; narrows its type."""
    return value in get_args(EvilStrExecABPost)


EvilUnion: TypeAlias = Annotated[
    "AExec | B | UnknownVariant", Tagged('t"""', (('a"""\\', "AExec"), ("b\n", "B")))
]

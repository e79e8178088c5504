"""Models of the API. Import them from the package `models`, not from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from .._runtime.codec import Tagged, UnknownVariant
from .._runtime.enums import ValueGuard, value_guard
from .._runtime.model import ModelBase
from .._runtime.wire_names import wire


@dataclass(slots=True, kw_only=True)
class AExec(ModelBase):
    t: str | None = wire('t"""')


@dataclass(slots=True, kw_only=True)
class B(ModelBase):
    t: str | None = wire('t"""')
    x: int | None = None


@dataclass(slots=True, kw_only=True)
class Evil(ModelBase):
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
    ﬁ"""

    field_1: str | None = wire('"""')
    """\"\"\x22"""
    ends_with: str | None = wire('ends with "')
    """ends with \x22"""
    field_2: str | None = wire("\\")
    """\\"""
    n_x: str | None = wire("\\N{x}")
    """\\N{x}"""
    x_2: str | None = wire("\\x")
    """\\x"""
    a_b: str | None = wire("a\nb")
    a_b_3: str | None = wire("a\rb")
    a_b_2: str | None = wire("a\r\nb")
    nul: str | None = wire("nul\x00")
    """nul\x00"""
    field_3: str | None = wire("\u2028")
    field_4: str | None = wire("\u202e")
    """\u202e"""
    x_x_x_s_x: str | None = wire("{x}{{x}}{%x%}%s${x}")
    """{x}{{x}}{%x%}%s${x}"""
    exec: str | None = wire("'+exec('')+'")
    """'+exec('')+'"""
    import_os: str | None = wire('"+__import__("os")+"')
    """\"+__import__("os")+\x22"""
    star_slash: str | None = wire("*/")
    """*/"""
    coding_utf_7_acia_cg: str | None = wire("coding: utf-7 +ACIACg-")
    """coding: utf-7 +ACIACg-"""
    x: str | None = wire("../../x")
    """../../x"""
    con: str | None = wire("CON")
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: (
        str | None
    ) = None
    """xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"""
    empty: str | None = None
    class_: str | None = wire("class")
    none: str | None = wire("None")
    init: str | None = wire("__init__")
    self_: str | None = wire("self")
    fi: str | None = wire("ﬁ")
    """ﬁ"""
    const: Literal[
        '"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ'
    ] = wire(
        'const"""',
        '"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ',
    )
    enum: EvilEnum | str | None = wire('enum"""')
    union: EvilUnion | None = None


EvilEnum: TypeAlias = Literal[
    '"""', 'ends with "', "\\", "\\N{x}", "\\x", "a\nb", "a\rb", "a\r\nb", "nul\x00",
    "\u2028", "\u202e", "{x}{{x}}{%x%}%s${x}", "'+exec('')+'", '"+__import__("os")+"',
    "*/", "coding: utf-7 +ACIACg-", "../../x", "CON",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "", "class", "None", "__init__", "self", "ﬁ",
]  # fmt: skip
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

- `ﬁ`: ﬁ"""
is_evil_enum: ValueGuard[EvilEnum] = value_guard(EvilEnum)

EvilImportOsNX: TypeAlias = Literal['"""', 'other"""']

EvilImportOsNXAB: TypeAlias = Literal["a\nb", "othera\nb"]

EvilImportOsNXABValue: TypeAlias = Literal["a\rb", "othera\rb"]

EvilImportOsNXABValue_2: TypeAlias = Literal["a\r\nb", "othera\r\nb"]

EvilImportOsNXCON: TypeAlias = Literal["CON", "otherCON"]

EvilImportOsNXClass: TypeAlias = Literal["class", "otherclass"]

EvilImportOsNXCodingUtf7ACIACg: TypeAlias = Literal[
    "coding: utf-7 +ACIACg-", "othercoding: utf-7 +ACIACg-"
]

EvilImportOsNXEndsWith: TypeAlias = Literal['ends with "', 'otherends with "']


@dataclass(slots=True, kw_only=True)
class EvilImportOsNXError404(ModelBase):
    ends_with_n_x_x_a_b_a_b_a_b_nul_x_x_x_s_x_exec_import_os_coding_utf_7_acia_cg_x_con_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_class_none_init_self_fi: (
        str | None
    ) = wire(
        '"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ'
    )


EvilImportOsNXExec: TypeAlias = Literal["'+exec('')+'", "other'+exec('')+'"]

EvilImportOsNXFi: TypeAlias = Literal["ﬁ", "otherﬁ"]

EvilImportOsNXImportOs: TypeAlias = Literal[
    '"+__import__("os")+"', 'other"+__import__("os")+"'
]

EvilImportOsNXInit: TypeAlias = Literal["__init__", "other__init__"]

EvilImportOsNXNX: TypeAlias = Literal["\\N{x}", "other\\N{x}"]

EvilImportOsNXNone_: TypeAlias = Literal["None", "otherNone"]

EvilImportOsNXNul: TypeAlias = Literal["nul\x00", "othernul\x00"]

EvilImportOsNXSelf: TypeAlias = Literal["self", "otherself"]

EvilImportOsNXValue: TypeAlias = Literal["\u202e", "other\u202e"]

EvilImportOsNXValue_2: TypeAlias = Literal["*/", "other*/"]

EvilImportOsNXValue_3: TypeAlias = Literal["\\", "other\\"]

EvilImportOsNXX: TypeAlias = Literal["../../x", "other../../x"]

EvilImportOsNXXValue: TypeAlias = Literal["\\x", "other\\x"]

EvilImportOsNXXXXSX: TypeAlias = Literal[
    "{x}{{x}}{%x%}%s${x}", "other{x}{{x}}{%x%}%s${x}"
]

EvilImportOsNXXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: (
    TypeAlias
) = Literal[
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "otherxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
]

EvilUnion: TypeAlias = Annotated[
    "AExec | B | UnknownVariant", Tagged('t"""', (('a"""\\', "AExec"), ("b\n", "B")))
]

PostEvilStrExec: TypeAlias = Literal["\u2028", "other\u2028"]

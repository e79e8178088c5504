"""Evil exec."""

from __future__ import annotations

from typing import Literal

from . import models
from ._options import RequestOptions
from ._runtime.client import AsyncResource, Resource, asynchronous, lazy_resource
from ._runtime.declarations import Operation
from ._runtime.given import given


class EvilExec(Resource):
    """`client.evil_exec`."""

    x: EvilExecX = lazy_resource("EvilExecX")


class AsyncEvilExec(AsyncResource):
    x: AsyncEvilExecX = lazy_resource("AsyncEvilExecX")


class EvilExecX(Resource):
    """`client.evil_exec.x`: \"\"\x22
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

    def import_os_n(
        self,
        a_b: str,
        *,
        query_: models.EvilImportOsNX | None = None,
        query_ends_with: models.EvilImportOsNXEndsWith | None = None,
        query_2: models.EvilImportOsNXValue_3 | None = None,
        query_n_x: models.EvilImportOsNXNX | None = None,
        query_x: models.EvilImportOsNXXValue | None = None,
        query_a_b: models.EvilImportOsNXAB | None = None,
        query_a_b_3: models.EvilImportOsNXABValue | None = None,
        query_a_b_2: models.EvilImportOsNXABValue_2 | None = None,
        query_nul: models.EvilImportOsNXNul | None = None,
        query_3: models.PostEvilStrExec | None = None,
        query_4: models.EvilImportOsNXValue | None = None,
        query_x_x_x_s_x: models.EvilImportOsNXXXXSX | None = None,
        plus_exec: models.EvilImportOsNXExec | None = None,
        plus_underscore_underscore_import_os: (
            models.EvilImportOsNXImportOs | None
        ) = None,
        query_star_slash: models.EvilImportOsNXValue_2 | None = None,
        query_coding_utf_7_acia_cg: models.EvilImportOsNXCodingUtf7ACIACg | None = None,
        dot_dot_slash_dot_dot_slash_x: models.EvilImportOsNXX | None = None,
        query_con: models.EvilImportOsNXCON | None = None,
        query_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: (
            models.EvilImportOsNXXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            | None
        ) = None,
        query_class: models.EvilImportOsNXClass | None = None,
        query_none: models.EvilImportOsNXNone_ | None = None,
        underscore_underscore_init: models.EvilImportOsNXInit | None = None,
        query_self: models.EvilImportOsNXSelf | None = None,
        query_fi: models.EvilImportOsNXFi | None = None,
        x_evil_1: str | None = None,
        c: (
            Literal[
                '"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ'
            ]
            | None
        ) = None,
        body_: str | None = None,
        ends_with: str | None = None,
        body_2: str | None = None,
        n_x: str | None = None,
        body_x: str | None = None,
        body_a_b: str | None = None,
        body_a_b_3: str | None = None,
        body_a_b_2: str | None = None,
        nul: str | None = None,
        body_3: str | None = None,
        body_4: str | None = None,
        x_x_x_s_x: str | None = None,
        exec: str | None = None,
        import_os: str | None = None,
        star_slash: str | None = None,
        coding_utf_7_acia_cg: str | None = None,
        x: str | None = None,
        con: str | None = None,
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: (
            str | None
        ) = None,
        empty: str | None = None,
        class_: str | None = None,
        none: str | None = None,
        init: str | None = None,
        self_: str | None = None,
        fi: str | None = None,
        const: Literal[
            '"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ'
        ] = '"""\nends with "\n\\\n\\N{x}\n\\x\na\nb\na\rb\na\r\nb\nnul\x00\n\u2028\n\u202e\n{x}{{x}}{%x%}%s${x}\n\'+exec(\'\')+\'\n"+__import__("os")+"\n*/\ncoding: utf-7 +ACIACg-\n../../x\nCON\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\nclass\nNone\n__init__\nself\nﬁ',
        enum: models.EvilEnum | None = None,
        union: models.EvilUnion | None = None,
        options: RequestOptions | None = None,
    ) -> models.Evil:
        """\"\"\" ends with " \\ \\N{x} \\x a b a b a b nul\x00 \u202e {x}{{x}}{%x%}%s${x}
        '+exec('')+' "+__import__("os")+" */ coding: utf-7 +ACIACg- ../../x CON
        xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
        class None __init__ self ﬁ

        Args:
            a_b: \"\"\x22
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

                \u202e
                {x}{{x}}{%x%}%s${x}
                '+exec('')+'
                "+__import__("os")+\x22
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
            query_: \"\"\" The API's default is `"\\"\\"\\""`.
            query_ends_with: ends with " The API's default is `"ends with \\""`.
            query_2: \\ The API's default is `"\\\\"`.
            query_n_x: \\N{x} The API's default is `"\\\\N{x}"`.
            query_x: \\x The API's default is `"\\\\x"`.
            query_a_b: The API's default is `"a\\nb"`.
            query_a_b_3: The API's default is `"a\\rb"`.
            query_a_b_2: The API's default is `"a\\r\\nb"`.
            query_nul: nul\x00 The API's default is `"nul\\u0000"`.
            query_3: The API's default is `"\u2028"`.
            query_4: \u202e The API's default is `"\u202e"`.
            query_x_x_x_s_x: {x}{{x}}{%x%}%s${x} The API's default is
                `"{x}{{x}}{%x%}%s${x}"`.
            plus_exec: '+exec('')+' The API's default is `"'+exec('')+'"`.
            plus_underscore_underscore_import_os: "+__import__("os")+" The API's default
                is `"\\"+__import__(\\"os\\")+\\""`.
            query_star_slash: */ The API's default is `"*/"`.
            query_coding_utf_7_acia_cg: coding: utf-7 +ACIACg- The API's default is
                `"coding: utf-7 +ACIACg-"`.
            dot_dot_slash_dot_dot_slash_x: ../../x The API's default is `"../../x"`.
            query_con: The API's default is `"CON"`.
            query_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx:
                xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                The API's default is
                `"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"`.
            query_class: The API's default is `"class"`.
            query_none: The API's default is `"None"`.
            underscore_underscore_init: The API's default is `"__init__"`.
            query_self: The API's default is `"self"`.
            query_fi: ﬁ The API's default is `"ﬁ"`.
            body_: \"\"\" The API's default is `"\\"\\"\\""`.
            ends_with: ends with " The API's default is `"ends with \\""`.
            body_2: \\ The API's default is `"\\\\"`.
            n_x: \\N{x} The API's default is `"\\\\N{x}"`.
            body_x: \\x The API's default is `"\\\\x"`.
            body_a_b: The API's default is `"a\\nb"`.
            body_a_b_3: The API's default is `"a\\rb"`.
            body_a_b_2: The API's default is `"a\\r\\nb"`.
            nul: nul\x00 The API's default is `"nul\\u0000"`.
            body_3: The API's default is `"\u2028"`.
            body_4: \u202e The API's default is `"\u202e"`.
            x_x_x_s_x: As `query_x_x_x_s_x`.
            exec: '+exec('')+' The API's default is `"'+exec('')+'"`.
            import_os: As `plus_underscore_underscore_import_os`.
            star_slash: */ The API's default is `"*/"`.
            coding_utf_7_acia_cg: As `query_coding_utf_7_acia_cg`.
            x: ../../x The API's default is `"../../x"`.
            con: The API's default is `"CON"`.
            xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx:
                As
                `query_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`.
            empty: The API's default is `""`.
            class_: The API's default is `"class"`.
            none: The API's default is `"None"`.
            init: The API's default is `"__init__"`.
            self_: The API's default is `"self"`.
            fi: ﬁ The API's default is `"ﬁ"`.

        Returns: As `a_b`. Raises NotFoundError. Sent again only if it did not arrive,
        or after 429."""
        body = {
            '"""': body_,
            'ends with "': ends_with,
            "\\": body_2,
            "\\N{x}": n_x,
            "\\x": body_x,
            "a\nb": body_a_b,
            "a\rb": body_a_b_3,
            "a\r\nb": body_a_b_2,
            "nul\x00": nul,
            "\u2028": body_3,
            "\u202e": body_4,
            "{x}{{x}}{%x%}%s${x}": x_x_x_s_x,
            "'+exec('')+'": exec,
            '"+__import__("os")+"': import_os,
            "*/": star_slash,
            "coding: utf-7 +ACIACg-": coding_utf_7_acia_cg,
            "../../x": x,
            "CON": con,
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,
            "empty": empty,
            "class": class_,
            "None": none,
            "__init__": init,
            "self": self_,
            "ﬁ": fi,
            'const"""': const,
            'enum"""': enum,
            "union": union,
        }
        query = {
            '"""': query_,
            'ends with "': query_ends_with,
            "\\": query_2,
            "\\N{x}": query_n_x,
            "\\x": query_x,
            "a\nb": query_a_b,
            "a\rb": query_a_b_3,
            "a\r\nb": query_a_b_2,
            "nul\x00": query_nul,
            "\u2028": query_3,
            "\u202e": query_4,
            "{x}{{x}}{%x%}%s${x}": query_x_x_x_s_x,
            "'+exec('')+'": plus_exec,
            '"+__import__("os")+"': plus_underscore_underscore_import_os,
            "*/": query_star_slash,
            "coding: utf-7 +ACIACg-": query_coding_utf_7_acia_cg,
            "../../x": dot_dot_slash_dot_dot_slash_x,
            "CON": query_con,
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": query_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,
            "class": query_class,
            "None": query_none,
            "__init__": underscore_underscore_init,
            "self": query_self,
            "ﬁ": query_fi,
        }
        header = {'X-"\r\nEvil: 1': x_evil_1}
        return self._core.send(
            _X_IMPORT_OS_N,
            options,
            path=(a_b,),
            query=query,
            header=header,
            cookie={'c";\\': c},
            body=given(body),
        )


class AsyncEvilExecX(AsyncResource):
    import_os_n = asynchronous(EvilExecX.import_os_n)


_X_IMPORT_OS_N = Operation(
    'evil"""+__import__(\'os\')+\\N{x}',
    "POST /evil/'+str(exec(''))+'/{a\"\"\"b}",
    {"200": "Evil"},
)

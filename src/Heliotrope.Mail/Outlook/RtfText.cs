using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Outlook;

/// <summary>
/// The words in RTF, and the HTML that Outlook hides in it (MS-OXRTFEX). No formatting: this only serves mail that has no other body.
/// One pass, and no recursion however deep the groups are.
/// </summary>
internal sealed class RtfText
{
    // Deeper groups are read as if they were at this depth.
    private const int MaxGroups = 1000;

    /// <summary>Groups that hold no words.</summary>
    private static readonly HashSet<string> NoText =
    [
        "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
        "footerf", "fldinst", "themedata", "colorschememapping", "datastore", "latentstyles", "listtable", "listoverridetable", "rsidtbl",
        "generator", "xmlnstbl", "filetbl", "revtbl", "bkmkstart", "bkmkend", "nonshppict", "mhtmltag",
    ];

    private static readonly Dictionary<string, string> Signs = new()
    {
        ["par"] = "\n",
        ["line"] = "\n",
        ["sect"] = "\n",
        ["page"] = "\n",
        ["row"] = "\n",
        ["tab"] = "\t",
        ["cell"] = "\t",
        ["emdash"] = "—",
        ["endash"] = "–",
        ["lquote"] = "‘",
        ["rquote"] = "’",
        ["ldblquote"] = "“",
        ["rdblquote"] = "”",
        ["bullet"] = "•",
        ["emspace"] = "\u2003",
        ["enspace"] = "\u2002",
    };

    private struct Group
    {
        public bool Skipped;
        public bool Tag;
        public bool OnlyRtf;
        public bool Fonts;
        public int Font;
        public int Fallback;
    }

    private readonly byte[] data;
    private readonly int limit;
    private readonly StringBuilder output = new();
    private readonly List<byte> pending = [];
    private readonly Dictionary<int, int> pages = [];
    private readonly Stack<Group> groups = new();
    private Group state = new() { Fallback = 1, Font = -1 };
    private int position;
    private int page;
    private int beyond;
    private int toSkip;
    private bool html;
    private bool starred;

    private RtfText(byte[] data, int page, int limit) => (this.data, this.page, this.limit) = (data, page, limit);

    /// <summary>The words, or the HTML when there is some within; the other is null.</summary>
    public static (string? Text, string? Html) Read(byte[] rtf, int page, int limit)
    {
        var reader = new RtfText(rtf, page, limit);
        reader.Run();
        var text = PartText.NormaliseLines(reader.output.ToString());
        return reader.html ? (null, text) : (text.Trim('\n'), null);
    }

    private void Run()
    {
        while (position < data.Length && output.Length < limit)
        {
            var one = data[position++];
            switch (one)
            {
                case (byte)'{':
                    Open();
                    break;
                case (byte)'}':
                    Close();
                    break;
                case (byte)'\\':
                    Control();
                    break;
                case (byte)'\r' or (byte)'\n' or 0:
                    break;
                default:
                    Add(one);
                    break;
            }
        }
        Flush();
    }

    private void Open()
    {
        Flush();
        toSkip = 0;
        if (groups.Count < MaxGroups)
        {
            groups.Push(state);
        }
        else
        {
            beyond++;
        }
    }

    private void Close()
    {
        Flush();
        toSkip = 0;
        if (beyond > 0)
        {
            beyond--;
        }
        else if (groups.TryPop(out var outer))
        {
            state = outer;
        }
    }

    private void Control()
    {
        if (position >= data.Length)
        {
            return;
        }
        var sign = (char)data[position];
        if (!char.IsAsciiLetter(sign))
        {
            position++;
            Symbol(sign);
            return;
        }
        var start = position;
        while (position < data.Length && char.IsAsciiLetter((char)data[position]))
        {
            position++;
        }
        // No control word is longer than 32 letters.
        var word = Encoding.ASCII.GetString(data, start, Math.Min(position - start, 33));
        var number = Number();
        if (position < data.Length && data[position] == ' ')
        {
            position++;
        }
        Word(word, number);
    }

    private int? Number()
    {
        var start = position;
        position += position < data.Length && data[position] == '-' ? 1 : 0;
        while (position < data.Length && position - start < 11 && char.IsAsciiDigit((char)data[position]))
        {
            position++;
        }
        return int.TryParse(Encoding.ASCII.GetString(data, start, position - start), System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private void Symbol(char sign)
    {
        switch (sign)
        {
            case '\'':
                if (position + 1 < data.Length && QuotedPrintable.Hex(data[position]) is >= 0 and var high && QuotedPrintable.Hex(data[position + 1]) is >= 0 and var low)
                {
                    position += 2;
                    Add((byte)((high << 4) | low));
                }
                break;
            case '*':
                starred = true;
                break;
            case '\\' or '{' or '}':
                Add((byte)sign);
                break;
            case '~':
                Write(html ? "&nbsp;" : "\u00A0");
                break;
            case '_':
                Write("\u2011");
                break;
            case '\r' or '\n':
                Write("\n");
                break;
        }
    }

    private void Word(string word, int? number)
    {
        var optional = starred;
        starred = false;
        switch (word)
        {
            case "u" when number is { } code:
                Write(((char)(ushort)code).ToString());
                toSkip = state.Fallback;
                return;
            case "uc":
                state.Fallback = Math.Clamp(number ?? 1, 0, 100);
                return;
            case "bin":
                position = (int)Math.Min(data.Length, (long)position + Math.Max(0, number ?? 0));
                return;
            case "ansicpg" when number is { } given:
                page = given;
                return;
            case "fromhtml":
                html = true;
                return;
            case "htmlrtf":
                Flush();
                state.OnlyRtf = number != 0;
                return;
            case "htmltag":
                state.Tag = true;
                state.OnlyRtf = false;
                return;
            case "fonttbl":
                state.Fonts = state.Skipped = true;
                return;
            case "f" or "deff":
                Flush();
                state.Font = number ?? 0;
                return;
            case "fcharset" when state.Fonts && PageOf(number ?? 0) is { } known:
                pages[state.Font] = known;
                return;
            case "plain":
                Flush();
                state.Font = -1;
                return;
        }
        if (optional || NoText.Contains(word))
        {
            Flush();
            state.Skipped = true;
        }
        else if (Signs.TryGetValue(word, out var text))
        {
            Write(text);
        }
    }

    private bool Silent => state.Skipped || (html && state.OnlyRtf && !state.Tag);

    private void Add(byte one)
    {
        if (toSkip > 0)
        {
            toSkip--;
        }
        else if (!Silent)
        {
            pending.Add(one);
        }
    }

    private void Write(string text)
    {
        Flush();
        toSkip = 0;
        if (!Silent)
        {
            output.Append(text);
        }
    }

    /// <summary>Bytes are decoded together: a character may be two of them.</summary>
    private void Flush()
    {
        if (pending.Count > 0)
        {
            output.Append(Charsets.DecodePage([.. pending], pages.GetValueOrDefault(state.Font, page)));
            pending.Clear();
        }
    }

    private static int? PageOf(int charset) => charset switch
    {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => null,
    };
}

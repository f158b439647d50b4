using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>
/// The seven-bit charsets of East Asia, in which escapes tell what the next bytes are (RFC 1468, 1554, 1557, 1922, 2237). One reader for all,
/// since mail names one and uses the escapes of another.
/// </summary>
internal sealed class Iso2022
{
    private const byte Escape = 0x1B, ShiftOut = 0x0E, ShiftIn = 0x0F;

    private enum Set
    {
        Ascii,
        /// <summary>JIS X 0208, two bytes.</summary>
        Japanese,
        /// <summary>JIS X 0212, two bytes.</summary>
        MoreJapanese,
        /// <summary>GB 2312, two bytes.</summary>
        Chinese,
        /// <summary>KS X 1001, two bytes.</summary>
        Korean,
        /// <summary>JIS X 0201, one byte.</summary>
        Kana,
        /// <summary>The upper half of ISO 8859-1.</summary>
        Western,
        /// <summary>The upper half of ISO 8859-7.</summary>
        Greek,
    }

    private static readonly (byte[] Code, Set Set, int Register)[] Escapes =
    [
        ("(B"u8.ToArray(), Set.Ascii, 0), ("(J"u8.ToArray(), Set.Ascii, 0), ("(H"u8.ToArray(), Set.Ascii, 0), ("(I"u8.ToArray(), Set.Kana, 0),
        ("$@"u8.ToArray(), Set.Japanese, 0), ("$B"u8.ToArray(), Set.Japanese, 0), ("$(@"u8.ToArray(), Set.Japanese, 0), ("$(B"u8.ToArray(), Set.Japanese, 0),
        ("$(D"u8.ToArray(), Set.MoreJapanese, 0), ("$A"u8.ToArray(), Set.Chinese, 0), ("$(A"u8.ToArray(), Set.Chinese, 0), ("$(C"u8.ToArray(), Set.Korean, 0),
        ("$)A"u8.ToArray(), Set.Chinese, 1), ("$)C"u8.ToArray(), Set.Korean, 1), (")I"u8.ToArray(), Set.Kana, 1),
        (".A"u8.ToArray(), Set.Western, 2), (".F"u8.ToArray(), Set.Greek, 2),
    ];

    private readonly StringBuilder output = new();
    private readonly List<byte> pending = [];
    private readonly Set[] registers = [Set.Ascii, Set.Kana, Set.Western];
    private Set current;
    private bool shifted;

    public static bool IsName(string name) =>
        name.StartsWith("iso-2022-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("csiso2022", StringComparison.OrdinalIgnoreCase)
        || name.Equals("jis", StringComparison.OrdinalIgnoreCase) || name.StartsWith("cp5022", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether there are escapes that nothing but such text has.</summary>
    public static bool HasEscapes(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf(Escape); at >= 0; at = bytes.IndexOf(Escape))
        {
            bytes = bytes[(at + 1)..];
            if (bytes is [(byte)'$', ..] && Find(bytes) is not null)
            {
                return true;
            }
        }
        return false;
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var decoder = new Iso2022();
        decoder.Run(bytes);
        return decoder.output.ToString();
    }

    private static (int Length, Set Set, int Register)? Find(ReadOnlySpan<byte> bytes)
    {
        foreach (var (code, set, register) in Escapes)
        {
            if (bytes.StartsWith(code))
            {
                return (code.Length, set, register);
            }
        }
        return null;
    }

    private void Run(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var one = bytes[i];
            if (one == Escape && Find(bytes[(i + 1)..]) is var (length, set, register))
            {
                registers[register] = set;
                i += length;
            }
            else if (one == Escape && i + 2 < bytes.Length && bytes[i + 1] == 'N')
            {
                Turn(registers[2]);
                pending.Add((byte)(bytes[i + 2] | 0x80));
                i += 2;
            }
            else if (one is ShiftOut or ShiftIn)
            {
                shifted = one == ShiftOut;
            }
            else if (one is <= 0x20 or 0x7F)
            {
                Turn(Set.Ascii);
                pending.Add(one);
                if (one == '\n')
                {
                    // A line begins in ASCII, even where the escape that says so was lost.
                    (registers[0], shifted) = (Set.Ascii, false);
                }
            }
            else
            {
                i += Character(bytes[i..], registers[shifted ? 1 : 0]);
            }
        }
        Flush();
    }

    /// <summary>Takes one character and gives how many further bytes it had.</summary>
    private int Character(ReadOnlySpan<byte> bytes, Set set)
    {
        Turn(set);
        switch (set)
        {
            case Set.Ascii:
                pending.Add(bytes[0]);
                return 0;
            case Set.Kana or Set.Western or Set.Greek:
                pending.Add((byte)(bytes[0] | 0x80));
                return 0;
            default:
                if (bytes.Length < 2 || bytes[1] is <= 0x20 or >= 0x7F)
                {
                    Flush();
                    output.Append('\uFFFD');
                    return 0;
                }
                pending.Add((byte)(bytes[0] | 0x80));
                // The framework has JIS X 0212 as two bytes of which only the first is marked.
                pending.Add(set == Set.MoreJapanese ? bytes[1] : (byte)(bytes[1] | 0x80));
                return 1;
        }
    }

    private void Turn(Set set)
    {
        if (set != current)
        {
            Flush();
            current = set;
        }
    }

    private void Flush()
    {
        if (pending.Count > 0)
        {
            output.Append(Charsets.DecodePage([.. pending], current switch
            {
                Set.Ascii => 1252,
                Set.Japanese => 51932,
                Set.MoreJapanese => 20932,
                Set.Chinese => 936,
                Set.Korean => 949,
                Set.Kana => 932,
                Set.Western => 28591,
                Set.Greek => 28597,
            }));
            pending.Clear();
        }
    }
}

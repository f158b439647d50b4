using System.Collections.Concurrent;
using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>From bytes to text by the declared charset, and by a guess where that is missing, unknown or wrong.</summary>
public static class Charsets
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private static readonly Encoding Western = Find(1252);

    private static readonly ConcurrentDictionary<string, Encoding?> Found = new(StringComparer.OrdinalIgnoreCase);

    private static readonly ConcurrentDictionary<int, Encoding> ByPage = new();

    private static readonly Dictionary<string, int> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = 65001,
        ["utf-8"] = 65001,
        ["utf_8"] = 65001,
        ["unicode-1-1-utf-8"] = 65001,
        ["cp65001"] = 65001,
        ["utf8mb4"] = 65001,
        ["utf-8-sig"] = 65001,
        ["iso-8859-1"] = 1252,
        ["iso8859-1"] = 1252,
        ["iso_8859-1"] = 1252,
        ["iso8859_1"] = 1252,
        ["latin1"] = 1252,
        ["latin-1"] = 1252,
        ["cp1252"] = 1252,
        ["cp-1252"] = 1252,
        ["win-1252"] = 1252,
        ["ansi"] = 1252,
        ["cp1250"] = 1250,
        ["cp1251"] = 1251,
        ["win-1251"] = 1251,
        ["cp1253"] = 1253,
        ["cp1254"] = 1254,
        ["cp1255"] = 1255,
        ["cp1256"] = 1256,
        ["cp1257"] = 1257,
        ["cp1258"] = 1258,
        ["iso-8859-9"] = 1254,
        ["latin5"] = 1254,
        ["cp866"] = 866,
        ["iso-8859-8-i"] = 28598,
        ["iso-8859-8-e"] = 28598,
        ["iso-8859-6-i"] = 28596,
        ["iso-8859-11"] = 874,
        ["tis-620"] = 874,
        ["iso8859-15"] = 28605,
        ["latin9"] = 28605,
        ["latin-9"] = 28605,
        ["iso8859-2"] = 28592,
        ["latin2"] = 28592,
        ["gb2312"] = 54936,
        ["gbk"] = 54936,
        ["gb18030"] = 54936,
        ["cp936"] = 54936,
        ["x-gbk"] = 54936,
        ["euc-cn"] = 54936,
        ["gb_2312-80"] = 54936,
        ["chinesebig5"] = 950,
        ["big5"] = 950,
        ["big5-hkscs"] = 950,
        ["cp950"] = 950,
        ["shift_jis"] = 932,
        ["shift-jis"] = 932,
        ["sjis"] = 932,
        ["x-sjis"] = 932,
        ["ms_kanji"] = 932,
        ["cp932"] = 932,
        ["windows-31j"] = 932,
        ["ms932"] = 932,
        ["euc-jp"] = 51932,
        ["eucjp"] = 51932,
        ["x-euc-jp"] = 51932,
        ["ks_c_5601-1987"] = 949,
        ["ks_c_5601"] = 949,
        ["ksc5601"] = 949,
        ["euc-kr"] = 949,
        ["cp949"] = 949,
        ["uhc"] = 949,
        ["koi8-r"] = 20866,
        ["koi8r"] = 20866,
        ["koi8-u"] = 21866,
        ["macintosh"] = 10000,
        ["x-mac-roman"] = 10000,
        ["mac-roman"] = 10000,
        ["utf-16"] = 1200,
        ["utf16"] = 1200,
        ["utf-16le"] = 1200,
        ["utf-16be"] = 1201,
        ["utf-32"] = 12000,
    };

    /// <summary>The text of bytes. Never fails: what cannot be read is guessed.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="charset">As it was declared; null or empty where nothing was.</param>
    /// <param name="problem">A defect code where the declaration was not followed; null where it was.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset, out string? problem)
    {
        problem = null;
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
            charset = "utf-8";
        }
        var name = charset?.Trim(' ', '"', '\'', '<', '>', ';') ?? "";
        if (name.Length == 0 || IsAscii(name))
        {
            problem = HasHighBytes(bytes) ? name.Length == 0 ? "charset.missing" : "charset.wrong" : null;
            return Guess(bytes);
        }
        if (Utf7.IsName(name))
        {
            return Utf7.Decode(bytes);
        }
        if (Iso2022.IsName(name))
        {
            return HasHighBytes(bytes) ? NotSevenBit(bytes, out problem) : Iso2022.Decode(bytes);
        }
        if (ExtraCharsets.TryDecode(name, bytes) is { } decoded)
        {
            return decoded;
        }
        var encoding = Find(name);
        if (encoding is null)
        {
            problem = "charset.unknown";
            return Guess(bytes);
        }
        return Checked(bytes, encoding, ref problem);
    }

    /// <summary>By the number of a Windows code page; a number that there is not counts as 1252.</summary>
    internal static string DecodePage(ReadOnlySpan<byte> bytes, int page) => page == 65001
        ? Encoding.UTF8.GetString(bytes)
        : ByPage.GetOrAdd(page is > 0 and < 65536 ? page : 1252, LookUp).GetString(bytes);

    internal static bool HasHighBytes(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0;

    internal static bool IsKnown(string name) => IsAscii(name) || Utf7.IsName(name) || Iso2022.IsName(name) || ExtraCharsets.Knows(name) || Find(name) is not null;

    /// <summary>The declaration is followed unless the bytes speak clearly against it.</summary>
    private static string Checked(ReadOnlySpan<byte> bytes, Encoding encoding, ref string? problem)
    {
        if (encoding.CodePage is 1200 or 1201 or 12000)
        {
            return DecodeWide(bytes, encoding, ref problem);
        }
        if (encoding.CodePage == 65001)
        {
            if (IsUtf8(bytes))
            {
                return StrictUtf8.GetString(bytes);
            }
            problem = "charset.wrong";
            return LooksMostlyUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : Western.GetString(bytes);
        }
        if (!HasHighBytes(bytes))
        {
            // Escape sequences betray a stateful charset that was declared as something else.
            return encoding.CodePage < 50000 && Iso2022.HasEscapes(bytes) ? Guess(bytes) : encoding.GetString(bytes);
        }
        if (encoding.IsSingleByte && IsUtf8(bytes))
        {
            problem = "charset.wrong";
            return StrictUtf8.GetString(bytes);
        }
        var text = encoding.GetString(bytes);
        if (!encoding.IsSingleByte && text.Contains('\uFFFD') && IsUtf8(bytes))
        {
            problem = "charset.wrong";
            return StrictUtf8.GetString(bytes);
        }
        return text;
    }

    private static string DecodeWide(ReadOnlySpan<byte> bytes, Encoding encoding, ref string? problem)
    {
        if (!bytes.Contains((byte)0) && bytes.Length > 0)
        {
            var wide = encoding.GetString(bytes);
            if (wide.Contains('\uFFFD') || !HasHighBytes(bytes))
            {
                problem = "charset.wrong";
                return Guess(bytes);
            }
            return wide;
        }
        if (bytes.Length >= 2 && encoding.CodePage != 12000 && (bytes[0], bytes[1]) is (0xFE, 0xFF) or (0xFF, 0xFE))
        {
            return (bytes[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes[2..]);
        }
        // Without a mark most mail that says utf-16 is big-endian, as RFC 2781 asks; plain text shows it by where the zeros are.
        var bigEndian = encoding.CodePage == 1200 && bytes.Length >= 2 && bytes[0] == 0 && bytes[1] != 0;
        return (bigEndian ? Encoding.BigEndianUnicode : encoding).GetString(bytes);
    }

    /// <summary>UTF-8 when it is valid, ISO 2022 when its escapes are there, else windows-1252.</summary>
    private static string Guess(ReadOnlySpan<byte> bytes)
    {
        if (!HasHighBytes(bytes))
        {
            return Iso2022.HasEscapes(bytes) ? Iso2022.Decode(bytes) : Encoding.ASCII.GetString(bytes);
        }
        return IsUtf8(bytes) || LooksMostlyUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : Western.GetString(bytes);
    }

    /// <summary>What says to be of seven bits and is not: UTF-8, or another charset of Japan.</summary>
    private static string NotSevenBit(ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = "charset.wrong";
        var euc = Find(51932).GetString(bytes);
        return IsUtf8(bytes) ? StrictUtf8.GetString(bytes) : euc.Contains('\uFFFD') ? Find(932).GetString(bytes) : euc;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>Damaged UTF-8 has more whole sequences than broken ones; Western text has almost none.</summary>
    private static bool LooksMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        int whole = 0, broken = 0;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (bytes[0] >= 0x80)
            {
                _ = status == System.Buffers.OperationStatus.Done ? whole++ : broken++;
            }
            bytes = bytes[length..];
        }
        return whole > broken;
    }

    private static bool IsAscii(string name) =>
        name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase) || name.Equals("ascii", StringComparison.OrdinalIgnoreCase)
        || name.Equals("7bit", StringComparison.OrdinalIgnoreCase) || name.Equals("8bit", StringComparison.OrdinalIgnoreCase)
        || name.Equals("unknown-8bit", StringComparison.OrdinalIgnoreCase) || name.Equals("x-unknown", StringComparison.OrdinalIgnoreCase)
        || name.Equals("ansi_x3.4-1968", StringComparison.OrdinalIgnoreCase) || name.Equals("iso-ir-6", StringComparison.OrdinalIgnoreCase);

    /// <summary>A name that was looked up is remembered: an unknown one costs an exception.</summary>
    private static Encoding? Find(string name)
    {
        if (Found.TryGetValue(name, out var known))
        {
            return known;
        }
        var found = name.Length > 60 ? null : LookUp(name);
        if (Found.Count < 2000)
        {
            Found[name] = found;
        }
        return found;
    }

    private static Encoding? LookUp(string name)
    {
        try
        {
            return Aliases.TryGetValue(name, out var page)
                ? Find(page)
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding LookUp(int page)
    {
        try
        {
            return Find(page);
        }
        catch (ArgumentException)
        {
            return Western;
        }
        catch (NotSupportedException)
        {
            return Western;
        }
    }

    private static Encoding Find(int page) => CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page);
}

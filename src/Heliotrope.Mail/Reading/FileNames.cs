using System.Globalization;
using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>Gives attachments names that can do no harm.</summary>
public static class FileNames
{
    private const int MaxLength = 150;

    /// <summary>A name that came: only the last step of a path, nothing a file system treats specially, and never empty.</summary>
    /// <param name="given">What came; null for none.</param>
    /// <param name="index">Where it stands among the attachments, from 0: for one without a name.</param>
    /// <param name="type">Its media type: the ending for one without a name.</param>
    /// <returns>The name.</returns>
    public static string Safe(string? given, int index, string type) => Name(given, index, type, IsSpecial);

    /// <summary>A name to send. What is special to the file systems of some stays: those who have them replace it, and to the others it is the name.</summary>
    /// <param name="given">The name, perhaps with folders before it.</param>
    /// <param name="index">Where it stands among the attachments, from 0: for one without a name.</param>
    /// <param name="type">Its media type: the ending for one without a name.</param>
    /// <returns>The name; of itself it gives itself.</returns>
    public static string ToSend(string given, int index, string type)
        // What looks like an encoded word would be decoded by many readers, and then be another name.
        => Name(given.Replace("=?", "=_", StringComparison.Ordinal), index, type, _ => false);

    private static string Name(string? given, int index, string type, Func<Rune, bool> replace)
    {
        var name = HeaderText.OneLine(given ?? "");
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var safe = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            safe.Append(rune == Rune.ReplacementChar || replace(rune) ? "_" : rune.ToString());
        }
        name = Trim(safe.ToString());
        if (name.Length > MaxLength)
        {
            var dot = name.LastIndexOf('.');
            var extension = dot >= 0 && name.Length - dot <= 10 ? name[dot..] : "";
            var length = MaxLength - extension.Length;
            name = Trim(name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)]) + extension;
        }
        return name.Length > 0 ? name : $"attachment-{index + 1}{Extension(type.ToLowerInvariant())}";
    }

    private static string Trim(string name)
    {
        var (start, end) = (0, name.Length);
        while (start < end && IsLoose(name[start])) start++;
        while (end > start && IsLoose(name[end - 1])) end--;
        return name[start..end];

        static bool IsLoose(char c) => c == '.' || char.IsWhiteSpace(c);
    }

    /// <summary>Characters of no width can hide what a name is, but for the two that Persian, Indian scripts and emoji are spelled with.</summary>
    private static bool IsSpecial(Rune rune) => rune.IsAscii
        ? "<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal)
        : Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D);

    private static string Extension(string type) => type switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "image/svg+xml" => ".svg",
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "text/csv" => ".csv",
        "text/vcard" or "text/x-vcard" => ".vcf",
        "message/rfc822" => ".eml",
        "message/delivery-status" or "text/rfc822-headers" or "message/feedback-report" => ".txt",
        "application/zip" => ".zip",
        "application/pgp-signature" => ".asc",
        "application/pkcs7-signature" or "application/x-pkcs7-signature" => ".p7s",
        _ => ".bin",
    };
}

using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>UTF-7 (RFC 2152), which the framework no longer offers and old mail still has.</summary>
internal static class Utf7
{
    public static bool IsName(string name) =>
        name.Equals("utf-7", StringComparison.OrdinalIgnoreCase) || name.Equals("unicode-1-1-utf-7", StringComparison.OrdinalIgnoreCase);

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '+')
            {
                text.Append((char)bytes[i]);
                continue;
            }
            var start = ++i;
            while (i < bytes.Length && bytes[i] is not ((byte)'-' or (byte)'_') && Base64.Value(bytes[i]) >= 0)
            {
                i++;
            }
            if (i == start)
            {
                text.Append('+');
            }
            else
            {
                var units = Base64.Decode(bytes[start..i]);
                text.Append(Encoding.BigEndianUnicode.GetString(units.AsSpan(0, units.Length & ~1)));
            }
            // A closing "-" belongs to the shift, anything else is text.
            if (i < bytes.Length && bytes[i] != '-')
            {
                i--;
            }
        }
        return text.ToString();
    }
}

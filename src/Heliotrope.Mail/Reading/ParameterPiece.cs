using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>A parameter as written; long ones come in numbered pieces, encoded ones with a star (RFC 2231).</summary>
internal sealed record ParameterPiece(string Name, string Text, bool Quoted)
{
    public static Dictionary<string, string> Join(List<ParameterPiece> pieces)
    {
        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var split = new Dictionary<string, SortedDictionary<int, (string Text, bool Encoded)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var piece in pieces)
        {
            var star = piece.Name.IndexOf('*', StringComparison.Ordinal);
            if (star <= 0)
            {
                result.TryAdd(piece.Name, HeaderText.Decode(piece.Text));
                continue;
            }
            var encoded = piece.Name.EndsWith('*');
            var number = piece.Name[(star + 1)..].TrimEnd('*');
            _ = int.TryParse(number, System.Globalization.NumberStyles.None, null, out var order);
            var name = piece.Name[..star];
            if (!split.TryGetValue(name, out var parts))
            {
                split[name] = parts = [];
            }
            parts.TryAdd(order, (piece.Text, encoded));
        }
        foreach (var (name, parts) in split)
        {
            // The extended form says more than the plain one beside it.
            result[name] = Decode(parts);
        }
        return result;
    }

    private static string Decode(SortedDictionary<int, (string Text, bool Encoded)> parts)
    {
        var bytes = new List<byte>();
        string? charset = null;
        var first = true;
        foreach (var (text, encoded) in parts.Values)
        {
            var value = text;
            if (encoded && first)
            {
                // charset'language'text; some writers forget the quotes.
                var quotes = value.Split('\'', 3);
                (charset, value) = quotes.Length == 3 ? (quotes[0], quotes[2]) : (null, value);
            }
            first = false;
            bytes.AddRange(encoded ? Unescape(value) : Encoding.UTF8.GetBytes(value));
        }
        var decoded = Charsets.Decode([.. bytes], charset, out _);
        // Encoded words do not belong here, but come.
        return HeaderText.Decode(decoded);
    }

    private static byte[] Unescape(string value)
    {
        var source = Encoding.UTF8.GetBytes(value);
        var output = new List<byte>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '%' && i + 2 < source.Length
                && QuotedPrintable.Hex(source[i + 1]) is >= 0 and var high && QuotedPrintable.Hex(source[i + 2]) is >= 0 and var low)
            {
                output.Add((byte)((high << 4) | low));
                i += 2;
            }
            else
            {
                output.Add(source[i]);
            }
        }
        return [.. output];
    }
}

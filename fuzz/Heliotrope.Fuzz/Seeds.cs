using System.Text;
using System.Text.Json;

namespace Heliotrope.Fuzz;

/// <summary>The good messages that damaged ones are made of.</summary>
internal static class Seeds
{
    /// <summary>Of a folder the .eml files, and the messages in .jsonl files ("input", base64 or text).</summary>
    public static List<byte[]> Read(IEnumerable<string> folders)
    {
        var seeds = new List<byte[]>();
        foreach (var folder in folders)
        {
            foreach (var file in Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal))
            {
                seeds.Add(File.ReadAllBytes(file));
                if (Winmail(seeds[^1]) is { } winmail)
                {
                    seeds.Add(winmail);
                }
            }
            foreach (var line in Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines))
            {
                using var row = JsonDocument.Parse(line);
                var input = row.RootElement.GetProperty("input");
                var encoded = row.RootElement.TryGetProperty("encoding", out var encoding) && encoding.ValueKind == JsonValueKind.String && encoding.GetString() == "base64";
                var text = input.ValueKind == JsonValueKind.String ? input.GetString()! : input.GetRawText();
                seeds.Add(encoded ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text));
            }
        }
        return seeds;
    }

    /// <summary>A winmail.dat is damaged from within, too: what base64 hides would never be hit.</summary>
    private static byte[]? Winmail(byte[] mail)
    {
        var text = Encoding.Latin1.GetString(mail);
        var start = text.IndexOf("eJ8+I", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }
        var end = text.IndexOf("\n--", start, StringComparison.Ordinal);
        return Convert.FromBase64String(text[start..(end < 0 ? text.Length : end)]);
    }

    /// <summary>Bytes that begin like a winmail.dat become a message with one.</summary>
    public static byte[] Wrap(byte[] input) => input.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x78, 0x9F, 0x3E, 0x22])
        ? Encoding.ASCII.GetBytes("Subject: x\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(input, Base64FormattingOptions.InsertLineBreaks))
        : input;
}

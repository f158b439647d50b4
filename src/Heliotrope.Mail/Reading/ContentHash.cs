using System.Security.Cryptography;
using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>What makes two deliveries the same mail: author, date, subject and body, not the trace of its way.</summary>
internal static class ContentHash
{
    public static string Of(HeaderList headers, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in (string[])["From", "Date", "Subject"])
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}: {headers.First(name)?.Trim()}\n"));
        }
        var position = 0;
        var blank = 0;
        while (Lines.Next(body, ref position, out var line))
        {
            if (line.IsEmpty)
            {
                blank++;
                continue;
            }
            for (; blank > 0; blank--)
            {
                hash.AppendData("\n"u8);
            }
            hash.AppendData(line);
            hash.AppendData("\n"u8);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

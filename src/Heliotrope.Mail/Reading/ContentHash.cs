using System.Security.Cryptography;
using System.Text;

namespace Heliotrope.Mail.Reading;

/// <summary>What makes two deliveries the same mail: author, date, subject and body, not the trace of its way.</summary>
internal static class ContentHash
{
    public static string Of(HeaderList headers, PartBytes body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in (string[])["From", "Date", "Subject"])
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}: {headers.First(name)?.Trim()}\n"));
        }
        var pieces = new Pieces(body);
        var blank = 0;
        while (pieces.Next(out var piece, out var whole))
        {
            var position = 0;
            while (Lines.Next(piece, ref position, out var line))
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
                if (whole || position < piece.Length)
                {
                    hash.AppendData("\n"u8);
                }
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

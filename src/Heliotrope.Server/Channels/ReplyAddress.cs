using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Heliotrope.Core.Customers;

namespace Heliotrope.Server.Channels;

/// <summary>
/// The address that answers come back to: our own with a tag that names the conversation and is signed.
/// A number alone proves nothing and is never trusted (docs/decisions/0008).
/// </summary>
internal static class ReplyAddress
{
    // 80 bits: too many to try over mail. Lower-case base 32 survives every mail program.
    private const int SignatureLength = 16;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>In the place of a conversation's number, which none is: what comes back to it is about a mail to a colleague.</summary>
    public const long OfNotifications = 0;

    public static string For(string ourAddress, long conversation, byte[] secret)
    {
        var at = ourAddress.LastIndexOf('@');
        return string.Create(CultureInfo.InvariantCulture, $"{ourAddress[..at]}+{conversation}-{Sign(conversation, secret)}{ourAddress[at..]}");
    }

    /// <summary>The conversation that an address names; null when it names none or its signature is not ours.</summary>
    public static long? Read(EmailAddress address, byte[] secret)
    {
        if (address.Tag?.Split('-') is not [var number, var signature]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var conversation))
        {
            return null;
        }

        var expected = Encoding.ASCII.GetBytes(Sign(conversation, secret));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature)) ? conversation : null;
    }

    private static string Sign(long conversation, byte[] secret)
    {
        var mac = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"reply-address:{conversation}")));
        return string.Create(SignatureLength, mac, static (chars, bytes) =>
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = Alphabet[bytes[i] & 31];
            }
        });
    }
}

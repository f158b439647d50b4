using System.Globalization;
using System.Security.Cryptography;

namespace Heliotrope.Server.Outbox;

/// <summary>The Message-IDs of our mail.</summary>
internal static class MessageIds
{
    /// <summary>One that nobody can guess: an answer that refers to it comes from somebody who received the mail.</summary>
    /// <param name="our">The address of ours it is sent from.</param>
    public static string New(string our) => $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}@{DomainOf(our)}";

    /// <summary>As it may hold a domain: in ASCII.</summary>
    private static string DomainOf(string address)
    {
        try
        {
            return new IdnMapping().GetAscii(address[(address.LastIndexOf('@') + 1)..]);
        }
        catch (ArgumentException)
        {
            return "localhost"; // cannot be written so
        }
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Heliotrope.Server.Platform;

/// <summary>Random tokens for links and keys, and the hashes under which they are kept.</summary>
internal static class Tokens
{
    /// <summary>256 bits: cannot be guessed, however many are tried.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

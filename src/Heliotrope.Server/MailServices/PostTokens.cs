using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.MailServices;

/// <summary>
/// Keeps that a signature over a token, and not over the mail, is good for one mail alone. A token is bound to the mail that first came with it:
/// with another mail it is refused, with the same one it may come as often as it likes, since the same mail is stored once. So a service
/// that missed our answer, or whom we or a proxy refused or did not hear, loses nothing by trying again.
/// </summary>
internal sealed class PostTokens(Store store)
{
    /// <summary>How far ahead of our clock a signature may be.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Mailgun tries again for eight hours, and does not say whether it signs each try anew.</summary>
    private static readonly TimeSpan Tries = TimeSpan.FromHours(9);

    /// <summary>Whether this token, signed then, may bring this mail; why not, or null.</summary>
    public async Task<PostRefusal?> Bind(ServicePost post, string token, DateTimeOffset signedAt, byte[] mail, CancellationToken cancel)
    {
        if (signedAt > post.Now + Ahead || signedAt < post.Now - Tries)
        {
            return PostRefusal.SignedLongAgo;
        }

        var key = HashOf(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{post.Service} {token}")));
        var hash = HashOf(mail);
        return await store.Write(
            async db =>
            {
                if (await db.MailServiceTokens.AsNoTracking().Where(t => t.Token == key).Select(t => t.Mail).FirstOrDefaultAsync(cancel) is { } bound)
                {
                    return bound == hash ? null : PostRefusal.Replayed;
                }

                var gone = post.Now - Tries - Ahead; // its signature is too old by then
                await db.MailServiceTokens.Where(t => t.At < gone).ExecuteDeleteAsync(cancel);
                db.MailServiceTokens.Add(new() { Token = key, Mail = hash, At = post.Now });
                return (PostRefusal?)null;
            },
            cancel);
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

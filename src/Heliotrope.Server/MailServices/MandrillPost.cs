using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Heliotrope.Server.MailServices;

/// <summary>
/// Inbound mail of Mailchimp Transactional (Mandrill): a form whose <c>mandrill_events</c> is a JSON array of mails. Signed are the address and
/// every field (HMAC-SHA1, which is what it offers), so what comes again brings nothing new.
/// </summary>
internal sealed class MandrillPost : IServiceKind
{
    public MailServiceKind Kind => MailServiceKind.Mandrill;

    /// <summary>It tries again whatever it is not told to be well.</summary>
    public int UnknownRecipient => StatusCodes.Status200OK;

    public bool IsKey(string key) => true;

    public async ValueTask<PostReading> Read(ServicePost post, CancellationToken cancel)
    {
        if (await PostedForm.Read(post, cancel) is not { } form || form.Bytes("mandrill_events") is not { } posted)
        {
            return PostRefusal.Unreadable;
        }

        using var json = PostedJson.Read(posted);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Array } events })
        {
            return PostRefusal.Unreadable;
        }

        if (events.GetArrayLength() == 0)
        {
            return PostReading.Nothing; // asks whether anybody is here, before there is a key
        }

        if (Unproved(post, form) is { } refusal)
        {
            return refusal;
        }

        var mails = new List<PostedMail>();
        foreach (var message in events.EnumerateArray().Select(e => e.At("msg")))
        {
            // One without a message is refused when it is its turn, and the others are stored.
            mails.Add(new(Encoding.UTF8.GetBytes(message.Text("raw_msg") ?? ""), message.Text("sender") ?? "", message.Text("email") is { Length: > 0 } to ? [to] : []));
        }

        return new(mails, null);
    }

    private static PostRefusal? Unproved(ServicePost post, PostedForm form)
    {
        if (post.Key is null)
        {
            return PostRefusal.KeyMissing;
        }

        if (post.Headers["X-Mandrill-Signature"] is not [{ Length: > 0 } signature])
        {
            return PostRefusal.Unsigned;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(post.Key));
        hmac.AppendData(Encoding.UTF8.GetBytes(post.Url));
        foreach (var (name, value) in form.InOrder)
        {
            hmac.AppendData(Encoding.UTF8.GetBytes(name));
            hmac.AppendData(value);
        }

        return ServiceKeys.Same(signature, Convert.ToBase64String(hmac.GetHashAndReset())) ? null : PostRefusal.SignedWrong;
    }
}

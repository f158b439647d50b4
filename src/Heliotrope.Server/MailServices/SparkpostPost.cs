using System.Text;
using System.Text.Json;

namespace Heliotrope.Server.MailServices;

/// <summary>Relay webhooks of SparkPost: a JSON array of messages as they came. It signs nothing, and sends a token of ours with each post.</summary>
internal sealed class SparkpostPost : IServiceKind
{
    public MailServiceKind Kind => MailServiceKind.Sparkpost;

    /// <summary>It tries again whatever it is not told to be well.</summary>
    public int UnknownRecipient => StatusCodes.Status200OK;

    public bool IsKey(string key) => true;

    public ValueTask<PostReading> Read(ServicePost post, CancellationToken cancel) => new(ReadNow(post));

    private static PostReading ReadNow(ServicePost post)
    {
        if (post.Key is { } key)
        {
            if (post.Headers["X-MessageSystems-Webhook-Token"] is not [{ Length: > 0 } token])
            {
                return PostRefusal.Unsigned;
            }

            if (!ServiceKeys.Same(token, key))
            {
                return PostRefusal.SignedWrong;
            }
        }

        using var json = PostedJson.Read(post.Body);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Array } events })
        {
            return PostRefusal.Unreadable;
        }

        var mails = new List<PostedMail>();
        foreach (var happened in events.EnumerateArray().Select(e => e.At("msys")))
        {
            if (happened.ValueKind is JsonValueKind.Object && !happened.EnumerateObject().Any())
            {
                continue; // asks whether anybody is here
            }

            var message = happened.At("relay_message");
            var content = message.At("content");
            var text = content.Text("email_rfc822") ?? "";
            var raw = content.At("email_rfc822_is_base64").ValueKind is JsonValueKind.True ? PostedJson.FromBase64(text) : Encoding.UTF8.GetBytes(text);

            // One without a message is refused when it is its turn, and the others are stored.
            mails.Add(new(raw ?? [], message.Text("msg_from") ?? "", message.Text("rcpt_to") is { Length: > 0 } to ? [to] : []));
        }

        return new(mails, null);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Heliotrope.Server.MailServices;

/// <summary>
/// Routes of Mailgun that forward to an address: a form with the message as it came (<c>body-mime</c>) where the address ends in /mime, otherwise
/// with its parts. Signed is only a token with its time (HMAC-SHA256), not the mail, so each token brings one mail (<see cref="PostTokens"/>).
/// </summary>
internal sealed class MailgunPost(PostTokens tokens) : IServiceKind
{
    public MailServiceKind Kind => MailServiceKind.Mailgun;

    /// <summary>The only refusal that Mailgun does not try again.</summary>
    public int UnknownRecipient => StatusCodes.Status406NotAcceptable;

    public bool IsKey(string key) => true;

    public async ValueTask<PostReading> Read(ServicePost post, CancellationToken cancel)
    {
        if (post.Key is null)
        {
            return PostRefusal.KeyMissing;
        }

        if (await PostedForm.Read(post, cancel) is not { } form)
        {
            return PostRefusal.Unreadable;
        }

        if (form.Text("timestamp") is not { } timestamp || form.Text("token") is not { Length: > 0 and <= 200 } token || form.Text("signature") is not { } signature)
        {
            return PostRefusal.Unsigned;
        }

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(post.Key), Encoding.UTF8.GetBytes(timestamp + token)));
        if (!ServiceKeys.Same(signature, expected) || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return PostRefusal.SignedWrong;
        }

        var raw = form.Bytes("body-mime") ?? form.Files.Find(f => f.Field == "body-mime")?.Bytes ?? Built(form);
        if (raw is null)
        {
            return PostRefusal.NoMail;
        }

        return await tokens.Bind(post, token, DateTimeOffset.FromUnixTimeSeconds(seconds), raw, cancel) is { } refusal
            ? refusal
            : new PostedMail(raw, form.Text("sender") ?? "", form.Text("recipient") is { Length: > 0 } to ? to.Split(',') : []);
    }

    private static byte[]? Built(PostedForm form)
    {
        var (text, html) = (form.Text("body-plain"), form.Texts("body-html"));
        using var headers = PostedJson.Read(form.Text("message-headers"));
        if (text is null && html is null && headers is null)
        {
            return null;
        }

        using var shown = PostedJson.Read(form.Text("content-id-map"));
        var ids = shown?.RootElement.ValueKind is System.Text.Json.JsonValueKind.Object
            ? shown.RootElement.EnumerateObject().Where(p => p.Value.AsText() is not null).GroupBy(p => p.Value.AsText()!).ToDictionary(g => g.Key, g => g.First().Name.Trim('<', '>'))
            : [];
        using var mail = new BuiltMail
        {
            Text = text,
            Html = html,
            Files = [.. form.Files.Where(f => f.Field.StartsWith("attachment", StringComparison.Ordinal)).Select(f => new MailFile(f.Name, f.Type, f.Bytes, ids.GetValueOrDefault(f.Field)))],
        };
        foreach (var header in headers?.RootElement.Items() ?? [])
        {
            if (header.Items().ToList() is [var name, var value])
            {
                mail.Add(name.AsText(), value.AsText());
            }
        }

        mail.AddMissing("From", form.Text("from"));
        mail.AddMissing("To", form.Text("To") ?? form.Text("recipient"));
        mail.AddMissing("Subject", form.Text("subject"));
        return mail.ToBytes();
    }
}

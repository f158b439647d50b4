using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Heliotrope.Server.MailServices;

/// <summary>
/// Amazon SES hands a mail to an SNS topic, which posts it as JSON. SNS signs for every topic of everybody, so the token in the address proves
/// whose topic it is, and the key of the service may name the one topic that is listened to. Signed is all that is read, so what comes again
/// brings nothing new.
/// </summary>
internal sealed partial class AmazonSesPost(SnsWeb web) : IServiceKind
{
    private const int MostCertificates = 16;

    private static readonly string[] SignedOfMail = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] SignedOfSubscription = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    /// <summary>Each address holds one certificate for ever.</summary>
    private readonly ConcurrentDictionary<string, X509Certificate2> _certificates = new(StringComparer.Ordinal);

    public MailServiceKind Kind => MailServiceKind.AmazonSes;

    /// <summary>SNS takes every refusal of the four hundreds but 429 as final.</summary>
    int IServiceKind.Unproved => StatusCodes.Status503ServiceUnavailable;

    public bool IsKey(string key) => Topic().IsMatch(key);

    public async ValueTask<PostReading> Read(ServicePost post, CancellationToken cancel)
    {
        using var json = PostedJson.Read(post.Body);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Object } message })
        {
            return PostRefusal.Unreadable;
        }

        if (await Unproved(post, message, cancel) is { } refusal)
        {
            return refusal;
        }

        return message.Text("Type") switch
        {
            "Notification" => Mail(message.Text("Message")),
            "SubscriptionConfirmation" => await Confirm(message.Text("SubscribeURL"), cancel),
            _ => PostReading.Nothing, // that a subscription ended
        };
    }

    private async Task<PostRefusal?> Unproved(ServicePost post, JsonElement message, CancellationToken cancel)
    {
        var fields = message.Text("Type") switch
        {
            "Notification" => SignedOfMail,
            "SubscriptionConfirmation" or "UnsubscribeConfirmation" => SignedOfSubscription,
            _ => null,
        };
        if (fields is null)
        {
            return PostRefusal.Unreadable;
        }

        if (message.Text("Signature") is not { Length: > 0 } signature || message.Text("SigningCertURL") is not { Length: > 0 } from)
        {
            return PostRefusal.Unsigned;
        }

        HashAlgorithmName? hash = message.Text("SignatureVersion") switch
        {
            "1" => HashAlgorithmName.SHA1,
            "2" => HashAlgorithmName.SHA256,
            _ => null,
        };
        if (hash is not { } algorithm || PostedJson.FromBase64(signature) is not { } bytes || !IsCertificateAddress(from, out var address) || await Certificate(address, cancel) is not { } certificate)
        {
            return PostRefusal.SignedWrong;
        }

        using var key = certificate.GetRSAPublicKey();
        var signed = Encoding.UTF8.GetBytes(string.Concat(fields.Where(f => message.Text(f) is not null).Select(f => $"{f}\n{message.Text(f)}\n")));
        if (key is null || post.Now < certificate.NotBefore.ToUniversalTime() || post.Now > certificate.NotAfter.ToUniversalTime() || !key.VerifyData(signed, bytes, algorithm, RSASignaturePadding.Pkcs1))
        {
            return PostRefusal.SignedWrong;
        }

        return post.Key is { } topic && message.Text("TopicArn") != topic ? PostRefusal.OtherTopic : null;
    }

    /// <summary>Null when what is at the address is no certificate.</summary>
    private async Task<X509Certificate2?> Certificate(Uri address, CancellationToken cancel)
    {
        if (_certificates.TryGetValue(address.AbsoluteUri, out var known))
        {
            return known;
        }

        var bytes = await web.Get(address, cancel);
        try
        {
            var certificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(bytes));
            if (_certificates.Count >= MostCertificates)
            {
                _certificates.Clear(); // Amazon changes them once a year or so; those in use are fetched again
            }

            _certificates[address.AbsoluteUri] = certificate;
            return certificate;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Confirming is asking for the address, which nobody but Amazon's side could give: it is signed.</summary>
    private async Task<PostReading> Confirm(string? subscribe, CancellationToken cancel)
    {
        if (!IsAmazon(subscribe, out var address) || address.AbsolutePath != "/" || !address.Query.Contains("Action=ConfirmSubscription", StringComparison.Ordinal))
        {
            return PostRefusal.SignedWrong;
        }

        await web.Get(address, cancel);
        return PostReading.Nothing;
    }

    private static PostReading Mail(string? message)
    {
        using var json = PostedJson.Read(message);
        if (json is null)
        {
            return PostReading.Nothing; // words with which Amazon tries out a topic
        }

        var posted = json.RootElement;
        if (posted.Text("content") is not { Length: > 0 } content)
        {
            return PostRefusal.NoMail;
        }

        var encoding = posted.At("receipt").At("action").Text("encoding");
        var encoded = encoding is null ? !content.Contains(':', StringComparison.Ordinal) : encoding.Equals("BASE64", StringComparison.OrdinalIgnoreCase); // a message has a colon in its first line
        return (encoded ? PostedJson.FromBase64(content) : Encoding.UTF8.GetBytes(content)) is { Length: > 0 } raw
            ? new PostedMail(raw, posted.At("mail").Text("source") ?? "", [.. posted.At("receipt").At("recipients").Items().Select(to => to.AsText()).OfType<string>()])
            : PostRefusal.NoMail;
    }

    private static bool IsCertificateAddress(string from, out Uri address) => IsAmazon(from, out address) && address.Query.Length == 0 && Certificate().IsMatch(address.AbsolutePath);

    private static bool IsAmazon(string? from, out Uri address) =>
        Uri.TryCreate(from, UriKind.Absolute, out address!) && address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0 && Host().IsMatch(address.Host);

    [GeneratedRegex(@"\Asns\.[a-z]{2}(?:-[a-z]+){1,3}-[0-9]{1,2}\.amazonaws\.com(?:\.cn)?\z")]
    private static partial Regex Host();

    [GeneratedRegex(@"\A/SimpleNotificationService-[0-9A-Za-z]{1,64}\.pem\z")]
    private static partial Regex Certificate();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}\z")]
    private static partial Regex Topic();
}

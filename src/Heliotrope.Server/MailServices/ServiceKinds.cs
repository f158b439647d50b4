using System.Collections.Frozen;

namespace Heliotrope.Server.MailServices;

/// <summary>Every kind of service, by its name.</summary>
internal sealed class ServiceKinds(PostTokens tokens, SnsWeb sns)
{
    private readonly FrozenDictionary<MailServiceKind, IServiceKind> _kinds =
        ((IServiceKind[])[new RawPost(), new MailgunPost(tokens), new SendgridPost(), new PostmarkPost(), new MandrillPost(), new SparkpostPost(), new AmazonSesPost(sns)])
        .ToFrozenDictionary(kind => kind.Kind);

    public IServiceKind this[MailServiceKind kind] => _kinds[kind];

    /// <summary>What people know it as; null for a program of their own, which has words in each language.</summary>
    public static string? NameOf(MailServiceKind kind) => kind switch
    {
        MailServiceKind.Raw => null,
        MailServiceKind.Mailgun => "Mailgun",
        MailServiceKind.Sendgrid => "SendGrid Inbound Parse",
        MailServiceKind.Postmark => "Postmark",
        MailServiceKind.Mandrill => "Mailchimp Transactional (Mandrill)",
        MailServiceKind.Sparkpost => "SparkPost",
        MailServiceKind.AmazonSes => "Amazon SES",
    };
}

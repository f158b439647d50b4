using Heliotrope.Core.Conversations;
using Heliotrope.Mail.Reading;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Channels;

/// <summary>Whether a mail is from whom it says, as the servers found out that the organisation trusts (RFC 8601).</summary>
/// <param name="Proof">What to make of it.</param>
/// <param name="Detail">What was found out; empty when nobody looked.</param>
internal sealed record SenderCheck(SenderProved Proof, string Detail)
{
    private const int LongestDetail = 500;

    public bool IsDisowned => Proof is SenderProved.Disowned;

    public static SenderCheck Of(PreparedMail mail, Organisation organisation)
    {
        if (mail.From is null || organisation.TrustedServers.Count == 0)
        {
            return new(SenderProved.Unknown, "");
        }

        var found = SenderProof.Of(mail.Message.AuthenticationResults, organisation.TrustedServers, mail.From.Domain);
        var words = new[] { ("spf", found.Spf, found.SpfDomain), ("dkim", found.Dkim, found.DkimDomain), ("dmarc", found.Dmarc, found.DmarcDomain) }
            .Where(one => one.Item2 is not null).Select(one => one.Item3 is null ? $"{one.Item1}={one.Item2}" : $"{one.Item1}={one.Item2} ({one.Item3})");
        return new(ProvedBy(found.Verdict), string.Join(", ", words).Storable(LongestDetail));
    }

    private static SenderProved ProvedBy(SenderVerdict verdict) => verdict switch
    {
        SenderVerdict.Unknown => SenderProved.Unknown,
        SenderVerdict.Passed => SenderProved.Proved,
        SenderVerdict.None => SenderProved.Unproved,
        SenderVerdict.Failed => SenderProved.Disowned,
    };
}

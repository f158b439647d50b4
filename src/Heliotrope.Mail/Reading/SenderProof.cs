using Heliotrope.Mail.Smtp;

namespace Heliotrope.Mail.Reading;

/// <summary>Whether a message is from whom it says.</summary>
public enum SenderVerdict
{
    /// <summary>No server that is trusted says anything about it.</summary>
    Unknown,
    /// <summary>The domain in From has vouched for it.</summary>
    Passed,
    /// <summary>The domain in From, or in the envelope, disowns it.</summary>
    Failed,
    /// <summary>It was checked, and nothing proves it either way.</summary>
    None,
}

/// <summary>What trusted servers found out about the domain in From. The local part is never proved: that is the domain's own business.</summary>
/// <param name="Verdict">What to make of it.</param>
/// <param name="Spf">The word for SPF (RFC 7208), such as <c>pass</c>; null when it was not checked.</param>
/// <param name="SpfDomain">The domain it speaks of; null when none is said.</param>
/// <param name="Dkim">The word for the DKIM signature (RFC 6376) that says most; null when none was checked.</param>
/// <param name="DkimDomain">The domain it speaks of; null when none is said.</param>
/// <param name="Dmarc">The word for DMARC (RFC 7489); null when it was not checked.</param>
/// <param name="DmarcDomain">The domain it speaks of; null when none is said.</param>
public sealed record SenderProof(SenderVerdict Verdict, string? Spf, string? SpfDomain, string? Dkim, string? DkimDomain, string? Dmarc, string? DmarcDomain)
{
    private static readonly SenderProof Unknown = new(SenderVerdict.Unknown, null, null, null, null, null, null);

    /// <summary>Weighs what the headers say.</summary>
    /// <param name="headers">Of the whole message, the topmost first. Only the run at the top that trusted servers wrote counts: below a header from elsewhere everything may be forged.</param>
    /// <param name="trusted">The authserv-ids of the servers that are trusted, in any case. They must remove headers that come in with their own name (RFC 8601 section 5).</param>
    /// <param name="fromDomain">The domain in From; null when there is none.</param>
    public static SenderProof Of(IEnumerable<AuthenticationResults> headers, IEnumerable<string> trusted, string? fromDomain)
    {
        var known = trusted.Where(id => id.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var heard = headers.TakeWhile(header => known.Contains(header.ServerId)).ToList();
        if (heard.Count == 0) return Unknown;

        var from = Ascii(fromDomain);
        var spf = All("spf").Select(result => new Found(result.Result, SpfDomainOf(result), from)).ToList();
        var dkim = All("dkim").Select(result => new Found(result.Result, Ascii(result["header.d"] ?? result["header.i"]), from)).ToList();
        var dmarc = All("dmarc").Select(result => new Found(result.Result, Ascii(result["header.from"]), from)).ToList();
        var verdict = Judge(spf, dkim, dmarc);
        var (oneSpf, oneDkim, oneDmarc) = (Best(spf), Best(dkim), Best(dmarc));
        return new(verdict, oneSpf?.Word, oneSpf?.Domain, oneDkim?.Word, oneDkim?.Domain, oneDmarc?.Word, oneDmarc?.Domain);

        // The topmost server that speaks of a method has the word: what stands below came in earlier.
        IEnumerable<AuthenticationResult> All(string method)
            => heard.Select(header => header.Results.Where(result => result.Method == method)).FirstOrDefault(results => results.Any()) ?? [];
    }

    private static SenderVerdict Judge(List<Found> spf, List<Found> dkim, List<Found> dmarc)
    {
        // Its other words (none, temperror, permerror) say that it could not decide; then what it would have weighed is weighed.
        if (dmarc.Exists(one => one.Word is "fail")) return SenderVerdict.Failed;
        if (dmarc.Exists(one => one is { Word: "pass", Speaks: true })) return SenderVerdict.Passed;
        if (dkim.Concat(spf).Any(one => one is { Word: "pass", Aligned: true })) return SenderVerdict.Passed;
        return spf.Exists(one => one.Word is "fail" or "softfail" or "hardfail") ? SenderVerdict.Failed : SenderVerdict.None;
    }

    private static Found? Best(List<Found> found) => found.MaxBy(one => (one.Word is "pass" ? 2 : 0) + (one.Aligned ? 1 : 0));

    /// <summary>A bounce has no sender in its envelope; then SPF speaks of the name the server gave itself (RFC 7208 section 2.4).</summary>
    private static string? SpfDomainOf(AuthenticationResult result) => Ascii(result["smtp.mailfrom"] is null or "" or "<>" ? result["smtp.helo"] : result["smtp.mailfrom"]);

    /// <summary>The domain of an address, or a bare domain, as DNS writes it; null when it is none.</summary>
    private static string? Ascii(string? addressOrDomain)
        => addressOrDomain is null ? null : EnvelopeAddress.Domain(addressOrDomain[(addressOrDomain.LastIndexOf('@') + 1)..].Trim('<', '>').TrimEnd('.'))?.ToLowerInvariant();

    private sealed record Found(string Word, string? Domain, string? From)
    {
        /// <summary>
        /// The same domain, or one below the other and both of the same owner: of those below "github.io" none vouches for another, nor for "github.io" itself.
        /// That is less than RFC 7489 section 3.1 lets pass as relaxed, which is any two of one owner.
        /// </summary>
        public bool Aligned => Domain is not null && From is not null && (Domain == From || ((Below(Domain, From) || Below(From, Domain)) && PublicSuffixes.OwnedBy(Domain) == PublicSuffixes.OwnedBy(From)));

        /// <summary>Of the domain in From, or not said of which.</summary>
        public bool Speaks => From is not null && (Domain is null || Aligned);

        private static bool Below(string lower, string upper) => lower.EndsWith("." + upper, StringComparison.Ordinal);
    }
}

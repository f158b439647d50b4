using System.Linq.Expressions;

namespace Heliotrope.Server.MailServices;

/// <summary>A service that posts mail to us.</summary>
/// <param name="Id">The id.</param>
/// <param name="Kind">Which service it is.</param>
/// <param name="Name">What people call it.</param>
/// <param name="HasKey">Whether what proves its posts is set; it is never told again.</param>
/// <param name="CreatedAt">When it was added (UTC).</param>
/// <param name="LastMailAt">When its last mail was stored (UTC); null before the first.</param>
/// <param name="Taken">How many mails were stored.</param>
/// <param name="Refused">How many posts were refused.</param>
/// <param name="LastProblem">Why the last one was refused, as a code; empty when none was.</param>
/// <param name="LastProblemAt">When that was (UTC).</param>
public sealed record MailServiceDetails(
    long Id, MailServiceKind Kind, string Name, bool HasKey, DateTimeOffset CreatedAt, DateTimeOffset? LastMailAt, long Taken, long Refused, string LastProblem, DateTimeOffset? LastProblemAt)
{
    /// <summary>For queries, and what is told of one that is at hand.</summary>
    internal static readonly Expression<Func<MailService, MailServiceDetails>> Shape = s =>
        new(s.Id, s.Kind, s.Name, s.Secret != "", s.CreatedAt, s.LastMailAt, s.Taken, s.Refused, s.LastProblem, s.LastProblemAt);

    private static readonly Func<MailService, MailServiceDetails> Shaped = Shape.Compile();

    internal static MailServiceDetails Of(MailService service) => Shaped(service);
}

/// <summary>A service with its address, shown this once.</summary>
/// <param name="Address">What to paste at the service. Only its hash is kept.</param>
/// <param name="Service">The service.</param>
public sealed record MailServiceAddress(string Address, MailServiceDetails Service);

/// <summary>A new service.</summary>
/// <param name="Kind">Which service it is.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Key">What proves its posts beside the address; may be left out and set later.</param>
public sealed record MailServiceBody(MailServiceKind? Kind, string? Name, string? Key = null);

/// <summary>What proves a service's posts.</summary>
/// <param name="Key">Empty takes it away; it may not be left out.</param>
public sealed record MailServiceKeyBody(string? Key);

using Heliotrope.Core;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.LifeEvents;

/// <summary>Sentences of life events for colleagues.</summary>
internal static class LifeEventWords
{
    public static string Of(LifeEvent kind) => Words.T("life-event." + Codes.Of(kind));

    public static string Of(LifeStep step) => Words.T("life-steps." + Codes.Of(step));

    /// <summary>What is left to do, on one line.</summary>
    public static string Left(LifeEventDetails life) => life.Left.ToList() is { Count: > 0 } left
        ? Words.T("life-events.left", string.Join(" · ", left.Select(step => Words.T("life-steps.left." + Codes.Of(step)))))
        : Words.T("life-events.nothing-left");

    /// <summary>Whose it is.</summary>
    public static string Whose(LifeEventDetails life, Viewer viewer) => life.Owner is not { } owner ? Words.T("life-events.nobody")
        : owner.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == viewer.Id ? Words.T(life.OwnerTrained ? "life-events.yours" : "life-events.yours-untrained")
        : Words.T(life.OwnerTrained ? "life-events.whose" : "life-events.whose-untrained", owner.Name);

    /// <summary>What is stopped, and until when.</summary>
    public static string Stopped(LifeEventDetails life, Viewer viewer) => life switch
    {
        { State: LifeEventState.Open } => Words.T("life-events.stopped", When.Day(life.OpenedAt, viewer.Now, viewer.Zone)),
        { Stopped: true, Kind: LifeEvent.Bereavement, Cancelled: not null } => Words.T("life-events.stopped-for-good"),
        { Stopped: true, ClosedAt: { } closed } => Words.T("life-events.stopped-until", When.Future(closed + CustomerLifeEvent.Aftermath, viewer.Now, viewer.Zone)),
        _ => Words.T("life-events.not-stopped"),
    };

    /// <summary>What a look says: nothing slipped through, or how much did.</summary>
    public static string Looked(VerificationDetails found, bool cancelled, Viewer viewer) => found.Clean
        ? Words.T(cancelled ? "life-check.clean-cancelled" : "life-check.clean", When.Day(found.Since, viewer.Now, viewer.Zone))
        : Words.Count("life-check.slipped", found.Slips.Count, When.Day(found.Since, viewer.Now, viewer.Zone));
}

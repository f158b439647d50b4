using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Outbox;

/// <summary>The shape, the tone and the sentence of each state of an outgoing mail.</summary>
internal static class DeliveryWords
{
    public static string Icon(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "clock",
        DeliveryState.Sending => "send",
        DeliveryState.Sent => "check",
        DeliveryState.Failed => "alert",
        DeliveryState.InDoubt => "doubt",
        DeliveryState.Kept => "inbox",
        DeliveryState.Replayed => "repeat",
        DeliveryState.Withdrawn => "pause",
    };

    public static string? Tone(DeliveryState state) => state switch
    {
        DeliveryState.Failed => "clay",
        DeliveryState.InDoubt => "sun",
        DeliveryState.Sent => "leaf",
        _ => null,
    };

    public static string Sentence(DeliveryView view, Viewer viewer)
    {
        string Moment(DateTimeOffset at) => When.Day(at, viewer.Now, viewer.Zone);
        return view.State switch
        {
            DeliveryState.Waiting when view is { Attempts: > 0, NextAttemptAt: { } next } => Words.T("delivery.waiting-again", Moment(next)),
            DeliveryState.Waiting => Words.T("delivery.waiting"),
            DeliveryState.Sending => Words.T("delivery.sending"),
            DeliveryState.Sent => view.At is { } at ? Words.T("delivery.sent", Moment(at)) : Words.T("delivery.sent-plain"),
            DeliveryState.Failed => Words.Count("delivery.failed", view.Attempts),
            DeliveryState.InDoubt => Words.T("delivery.doubt"),
            DeliveryState.Kept => Words.T("delivery.kept"),
            DeliveryState.Replayed => Words.T("delivery.replayed"),
            DeliveryState.Withdrawn => Words.T("delivery.withdrawn"),
        };
    }
}

namespace Heliotrope.Mail.Reading;

/// <summary>What a bounce says (RFC 3464).</summary>
/// <param name="Recipient">Whom the message did not reach; null when not said.</param>
/// <param name="Status">The enhanced status code (RFC 3463), such as <c>5.1.1</c>; null when not said.</param>
/// <param name="Action">failed, delayed, delivered, relayed or expanded; null when not said.</param>
/// <param name="MessageId">The mail that did not arrive, without angle brackets; null when not said.</param>
public sealed record BounceReport(string? Recipient, string? Status, string? Action, string? MessageId = null);

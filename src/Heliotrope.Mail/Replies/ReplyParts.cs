namespace Heliotrope.Mail.Replies;

/// <summary>A text taken apart: what the person wrote now, and what was quoted or signed below it.</summary>
/// <param name="Reply">The new words, trimmed.</param>
/// <param name="Quoted">What was left out of the reply: quotes, their attributions and signatures.</param>
public sealed record ReplyParts(string Reply, string Quoted);

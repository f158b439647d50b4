using Heliotrope.Core.Promises;

namespace Heliotrope.Core.Coach;

/// <summary>What the coach looks for (docs/method.md, A5). Written outside in kebab case: <c>non-apology</c>.</summary>
public enum RemarkKind
{
    /// <summary>A complaint, and nothing shows that we understood what happened to them.</summary>
    Acknowledge,
    /// <summary>A complaint about us, and no apology.</summary>
    Apologise,
    /// <summary>"Sorry if you feel", "sorry, but".</summary>
    NonApology,
    /// <summary>The last word, blame, sarcasm, "as I already said", shouting.</summary>
    Salt,
    /// <summary>A long sentence, jargon the customer did not use, more than one ask at a time.</summary>
    Complexity,
    /// <summary>They were kind or patient, and nobody thanks them.</summary>
    Gratitude,
    /// <summary>The customer's own word for the matter is not used.</summary>
    Words,
    /// <summary>Another language than the customer's.</summary>
    Language,
    /// <summary>Their name again and again.</summary>
    NameOveruse,
    /// <summary>A name that is not theirs.</summary>
    WrongName,
    /// <summary>Nearly the text of many recent replies, or words that answer nobody.</summary>
    FormLetter,
    /// <summary>A promise without a date.</summary>
    PromiseDate,
    /// <summary>A question whose answer we have.</summary>
    ReAsk,
    /// <summary>Something to buy, offered inside a complaint.</summary>
    Selling,
    /// <summary>A merge field that nothing filled. The only one that keeps a reply from leaving.</summary>
    MergeField,
}

/// <summary>One remark about a reply that is being written.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="At">Where the words begin that it is about, in UTF-16 units; where something is missing, where it belongs.</param>
/// <param name="Length">Their length; 0 where something is missing.</param>
/// <param name="Why">Which of the reasons of its kind, such as <c>blame</c>; screens have a sentence for each <c>kind.why</c>. Empty when there is one only.</param>
/// <param name="About">What the sentence names: the customer's word, the other name; empty when it names nothing.</param>
/// <param name="Fix">What to put in place of the words with one key; null when only a person can tell.</param>
public sealed record Remark(RemarkKind Kind, int At, int Length, string Why = "", string About = "", string? Fix = null);

/// <summary>A reply that is being written, and what the coach may know.</summary>
/// <param name="Text">The words so far.</param>
/// <param name="CustomerName">The customer's name; empty when we don't know it.</param>
/// <param name="CustomerLanguage">Their language, as ISO 639-1; null when we don't know it.</param>
/// <param name="Messages">What they wrote in this conversation, oldest first, without quotes; the last is the one that is answered.</param>
/// <param name="Known">What we hold about them elsewhere, in words: addresses, orders, devices. A question about it asks again.</param>
/// <param name="RecentReplies">Replies of ours to other customers, to tell a form letter by.</param>
public sealed record ReplyInHand(
    string Text, string CustomerName, string? CustomerLanguage, IReadOnlyList<string> Messages, IReadOnlyList<string> Known, IReadOnlyList<string> RecentReplies)
{
    /// <summary>What <see cref="PromiseFinder"/> found in the words, so that it is looked for once; the vague ones are asked for a date.</summary>
    public IReadOnlyList<FoundPromise> Promises { get; init; } = [];

    /// <summary>Whether we have answered the last message already. Then nothing is missing from this reply that belongs into the first (docs/method.md, A2).</summary>
    public bool IsFollowUp { get; init; }
}


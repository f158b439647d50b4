namespace Heliotrope.Server.Confidence;

/// <summary>The page behind the link in the resolving reply.</summary>
/// <param name="Organisation">Whose customer is asked.</param>
/// <param name="Stage">Which of its faces the page shows.</param>
/// <param name="Texts">Its words, in the customer's language.</param>
/// <param name="Token">The token of the link, for the forms; null when it is unknown or expired.</param>
/// <param name="Resolved">yes or no when already answered or half filled in; else null.</param>
/// <param name="Again">yes or no when already answered or half filled in; else null.</param>
/// <param name="Comment">What they wrote; empty at first.</param>
/// <param name="Problem">What is missing, in words, when a form could not be taken; else null.</param>
/// <param name="Contact">An address a person reads, for links that are no longer known; null when none is set.</param>
public sealed record ConfidenceView(
    string Organisation, ConfidenceStage Stage, ConfidenceTexts Texts, string? Token, string? Resolved = null, string? Again = null,
    string Comment = "", string? Problem = null, string? Contact = null);

/// <summary>The faces of the page.</summary>
public enum ConfidenceStage
{
    /// <summary>The two questions.</summary>
    Ask,
    /// <summary>Both answers were yes.</summary>
    Thanks,
    /// <summary>An answer was no: somebody carries on.</summary>
    Reopened,
    /// <summary>They asked for a person.</summary>
    Person,
    /// <summary>The link is unknown or older than it lives.</summary>
    Gone,
}

/// <summary>The words of the page, in one language. Sentences with a name in them arrive with the name in place.</summary>
/// <param name="Language">The language tag of these words, for the document.</param>
/// <param name="Greeting">The heading: the customer's name and the question in short.</param>
/// <param name="Lead">Who asks, why, and what happens with the answer.</param>
/// <param name="Subject">The matter, as in "About: …"; empty when the mail had no subject.</param>
/// <param name="ResolvedQuestion">Is it resolved?</param>
/// <param name="ResolvedYes">The yes to it.</param>
/// <param name="ResolvedNo">The no to it.</param>
/// <param name="AgainQuestion">Would you go through this again with us?</param>
/// <param name="AgainYes">The yes to it.</param>
/// <param name="AgainNo">The no to it.</param>
/// <param name="CommentLabel">The label of the free words.</param>
/// <param name="Send">The button.</param>
/// <param name="PersonHeading">Above the way to a person.</param>
/// <param name="PersonLead">Who that is and what they know.</param>
/// <param name="PersonButton">The one action to a person.</param>
/// <param name="ThanksHeading">After two times yes.</param>
/// <param name="ThanksLead">What that means.</param>
/// <param name="ReopenedHeading">After a no.</param>
/// <param name="ReopenedLead">Who carries on and how.</param>
/// <param name="AskedHeading">After asking for a person.</param>
/// <param name="AskedLead">What happens now.</param>
/// <param name="GoneHeading">For a link that is not known any more.</param>
/// <param name="GoneLead">What they can do instead.</param>
/// <param name="ChangeAnswer">The way back to the questions.</param>
/// <param name="Fine">That the mail was sent by itself, in whose name, and how often.</param>
public sealed record ConfidenceTexts(
    string Language, string Greeting, string Lead, string Subject,
    string ResolvedQuestion, string ResolvedYes, string ResolvedNo, string AgainQuestion, string AgainYes, string AgainNo,
    string CommentLabel, string Send, string PersonHeading, string PersonLead, string PersonButton,
    string ThanksHeading, string ThanksLead, string ReopenedHeading, string ReopenedLead, string AskedHeading, string AskedLead,
    string GoneHeading, string GoneLead, string ChangeAnswer, string Fine);

using System.Resources;
using Heliotrope.Server.Customers;

namespace Heliotrope.Server.Confidence;

/// <summary>
/// Everything that the confidence check says to a customer, in their language. The words are in the resx files beside this one.
/// A key that ends in <c>By</c> names the colleague, its twin without it does not.
/// </summary>
internal static class ConfidenceWords
{
    internal static readonly ResourceManager Resources = new("Heliotrope.Server.Confidence.ConfidenceWords", typeof(ConfidenceWords).Assembly);

    /// <summary>The words of the page.</summary>
    /// <param name="language">A language tag; one we have no words for gives English.</param>
    /// <param name="organisation">Who asks.</param>
    /// <param name="customerName">Who is asked; an address instead of a name, or nothing, greets nobody by name.</param>
    /// <param name="byName">The colleague who resolved it; may be empty.</param>
    /// <param name="subject">What it is about; may be empty.</param>
    /// <returns>The words, with the names in place.</returns>
    public static ConfidenceTexts Texts(string language, string organisation, string customerName, string byName, string subject)
    {
        var words = new Words(language, organisation, customerName, byName, subject);
        return new(
            words.Language, words.Named("Greeting"), words.By("Lead"), words.Subject.Length == 0 ? "" : words["About"],
            words["ResolvedQuestion"], words["ResolvedYes"], words["ResolvedNo"], words["AgainQuestion"], words["AgainYes"], words["AgainNo"],
            words["CommentLabel"], words.By("Send"), words["PersonHeading"], words.By("PersonLead"), words["PersonButton"],
            words["ThanksHeading"], words.By("ThanksLead"), words["ReopenedHeading"], words.By("ReopenedLead"), words["AskedHeading"], words.By("AskedLead"),
            words["GoneHeading"], words["GoneLead"], words["ChangeAnswer"], words.By("Fine"));
    }

    /// <summary>The mail that carries the link, as plain text.</summary>
    /// <param name="language">A language tag; one we have no words for gives English.</param>
    /// <param name="organisation">Who asks.</param>
    /// <param name="customerName">Who is asked; an address instead of a name, or nothing, greets nobody by name.</param>
    /// <param name="byName">The colleague who resolved it; may be empty.</param>
    /// <param name="subject">What it is about; may be empty.</param>
    /// <param name="link">Where both questions can be answered.</param>
    /// <returns>The subject and the text, with <c>\n</c> between lines.</returns>
    public static (string Subject, string Text) Mail(string language, string organisation, string customerName, string byName, string subject, string link)
    {
        var words = new Words(language, organisation, customerName, byName, subject);
        var about = words.Subject.Length == 0 ? "" : $"{words["About"]}\n\n";
        var text = $"""
            {words.Named("MailGreeting")}

            {words.By("MailLead")}

            {about}- {words["ResolvedQuestion"]}
            - {words["AgainQuestion"]}

            {words["MailLink"]}
            {link}

            {words["MailAnswer"]}

            {words.By("MailFine")}

            """;
        return (words[words.Subject.Length == 0 ? "MailSubject" : "MailSubjectAbout"], text.ReplaceLineEndings("\n"));
    }

    /// <summary>What stands below a mail that a rule wrote: that nobody wrote it, and the way to somebody.</summary>
    /// <param name="language">A language tag; one we have no words for gives English.</param>
    /// <param name="organisation">In whose name.</param>
    /// <param name="link">The way to a person.</param>
    /// <returns>The words, with <c>\n</c> between lines.</returns>
    public static string BelowRule(string language, string organisation, string link)
    {
        var words = new Words(language, organisation, "", "", "");
        return $"{words["RuleFine"]}\n\n{words["RulePerson"]}\n{link}";
    }

    /// <summary>The words of one language, filled for one customer.</summary>
    private sealed class Words(string language, string organisation, string customerName, string byName, string subject)
    {
        private readonly CustomerWords _words = new(
            Resources, language, ("organisation", organisation), ("customer", CustomerWords.Greeting(customerName)), ("by", byName), ("subject", subject));

        public string Language => _words.Language;

        public string Subject => _words.Value("subject");

        public string this[string key] => _words[key];

        public string By(string key) => _words[_words.Has("by") ? key + "By" : key];

        public string Named(string key) => _words[_words.Has("customer") ? key + "Named" : key];
    }
}

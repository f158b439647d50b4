using System.Resources;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Customers;

namespace Heliotrope.Server.LifeEvents;

/// <summary>Words that are put into a reply for a person to change and send.</summary>
public enum LifeWording
{
    /// <summary>The first answer.</summary>
    First,
    /// <summary>That everything is cancelled.</summary>
    Cancelled,
    /// <summary>That goods need not come back, or go to a good cause.</summary>
    Returned,
    /// <summary>Asks for the only proof, once.</summary>
    Proof,
    /// <summary>The way to the family's page.</summary>
    Link,
}

/// <summary>Everything that is said to customers and families in hard times, in their language. The words are in the resx files beside this one.</summary>
public sealed class FamilyWords(string language, string organisation, string to = "", string link = "")
{
    internal static readonly ResourceManager Resources = new("Heliotrope.Server.LifeEvents.FamilyWords", typeof(FamilyWords).Assembly);

    private readonly CustomerWords _words = new(Resources, language, ("organisation", organisation), ("to", CustomerWords.Greeting(to)), ("link", link));

    public string Language => _words.Language;

    public System.Globalization.CultureInfo Culture => _words.Culture;

    public string this[string key] => _words[key];

    /// <summary>How a letter begins. Somebody who died is greeted by nobody, so after a death only a contact has a name.</summary>
    public string Hello => _words[_words.Has("to") ? "HelloNamed" : "Hello"];

    /// <summary>The words for what is to be said, by what happened.</summary>
    public string Of(LifeWording wording, LifeEvent kind) => wording switch
    {
        LifeWording.First => _words["First" + kind],
        LifeWording.Cancelled => _words[kind is LifeEvent.Bereavement ? "CancelledBereavement" : "CancelledOther"],
        LifeWording.Returned => _words["Returned"],
        LifeWording.Proof => _words[kind is LifeEvent.Bereavement ? "ProofBereavement" : "ProofOther"],
        LifeWording.Link => _words["Link"],
    };
}

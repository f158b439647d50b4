namespace Heliotrope.Server.Shell;

/// <summary>Where a command means something.</summary>
public enum Place
{
    /// <summary>On every page.</summary>
    Everywhere,

    /// <summary>Where there is a list of conversations.</summary>
    List,

    /// <summary>Where a conversation is open.</summary>
    Conversation,

    /// <summary>While a reply or a note is written.</summary>
    Composer,
}

/// <summary>
/// Something that can be done by a key or from the palette. The one list feeds both and the map of keys, so all of them tell the
/// truth. What it does: it goes to <paramref name="Goes"/>; or the script has a function of this name; or else there is an element
/// with <c>data-NAME</c> on the page: a menu is unfolded, a form is sent, anything else is pressed. Where there is none, the command
/// is not there either, so a part of a page brings its command along by its mark alone.
/// </summary>
/// <param name="Name">What the script calls it, and the end of its words' key.</param>
/// <param name="Key">The key as the browser names it; Mod is Ctrl or, on a Mac, the command key; "g i" is one after the other; empty for what only the palette has.</param>
/// <param name="Place">Where it acts.</param>
/// <param name="Least">Whoever may do it, and all above: light, agent, lead or admin.</param>
/// <param name="WhileWriting">Whether it also acts in a text field; single keys never do.</param>
/// <param name="Goes">The address it leads to; null when it does something else.</param>
/// <param name="Asks">Whether it needs a value, which the palette asks for from the choices of its menu.</param>
public sealed record Command(string Name, string Key, Place Place = Place.Everywhere, string Least = "light", bool WhileWriting = false, string? Goes = null, bool Asks = false)
{
    /// <summary>Every command, in the order of the map.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("palette", "Mod+k", WhileWriting: true), new("search", "/"), new("new", "c", Least: "agent", Goes: "/conversations/new"), new("undo", "z"), new("keys", "?"),
        new("go-inbox", "g i", Goes: "/conversations"), new("go-mine", "g m", Goes: "/conversations?view=mine"), new("go-day", "g d", Goes: "/day"), new("go-promises", "g p", Goes: "/promises"), new("go-customers", "g c", Goes: "/customers"),
        new("go-notifications", "g n", Goes: "/notifications"), new("go-articles", "g a", Goes: "/articles"), new("go-rules", "g r", Goes: "/rules"), new("go-morning", "g b", Goes: "/morning"), new("go-happiness", "g h", Goes: "/happiness"), new("go-consistency", "", Goes: "/consistency"), new("go-recoveries", "g e", Goes: "/recoveries"), new("go-outbox", "g o", Goes: "/outbox"),
        new("go-me", "g y", Goes: "/me"), new("go-settings", "g s", Least: "admin", Goes: "/settings"), new("go-teams", "g t", Least: "admin", Goes: "/settings/teams"), new("go-quarantine", "", Goes: "/quarantine"), new("go-views", "g v", Goes: "/views"), new("go-audit", "", Least: "admin", Goes: "/settings/audit"), new("go-plays", "g l", Goes: "/plays"), new("go-next", "g x", Goes: "/next-questions"),
        new("next", "j", Place.List), new("previous", "k", Place.List), new("open", "Enter", Place.List), new("select", "x", Place.List), new("views", "v", Place.List), new("bulk", "b", Place.List, "agent"),
        new("back", "u", Place.Conversation), new("previous-conversation", "[", Place.Conversation), new("next-conversation", "]", Place.Conversation),
        new("reply", "r", Place.Conversation, "agent"), new("note", "n", Place.Conversation), new("forward", "f", Place.Conversation, "agent"), new("resolve", "e", Place.Conversation, "agent"),
        new("assign", "a", Place.Conversation, "agent", Asks: true), new("take", "y", Place.Conversation, "agent"), new("later", "h", Place.Conversation, "agent", Asks: true), new("tag", "t", Place.Conversation, "agent", Asks: true), new("more", ".", Place.Conversation, "agent", Asks: true),
        new("macro", "m", Place.Conversation, "agent", Asks: true), new("article", "i", Place.Conversation, "agent"), new("follow", "w", Place.Conversation), new("mute", "q", Place.Conversation),
        new("find", "s", Place.Conversation), new("print", "p", Place.Conversation), new("merge", "", Place.Conversation, "agent"), new("split", "", Place.Conversation, "agent"),
        new("send", "Mod+Enter", Place.Composer, WhileWriting: true), new("send-resolve", "Mod+Shift+Enter", Place.Composer, "agent", WhileWriting: true), new("send-later", "Alt+l", Place.Composer, "agent", WhileWriting: true),
        new("attach", "Alt+u", Place.Composer, "agent", WhileWriting: true), new("preview", "Alt+v", Place.Composer, WhileWriting: true), new("play", "Alt+p", Place.Composer, "agent", WhileWriting: true), new("next-question", "Alt+n", Place.Composer, "agent", WhileWriting: true), new("leave", "Escape", Place.Composer, WhileWriting: true),
        new("coach-next", "Alt+j", Place.Composer, WhileWriting: true), new("coach-previous", "Alt+k", Place.Composer, WhileWriting: true), new("coach-take", "Alt+Enter", Place.Composer, WhileWriting: true), new("coach-date", "Alt+w", Place.Composer, WhileWriting: true), new("coach-not-here", "Alt+Shift+Enter", Place.Composer, WhileWriting: true),
    ];

    private static readonly string[] Ranks = ["light", "agent", "lead", "admin"];

    /// <summary>Whether somebody with this role may do it.</summary>
    public bool IsFor(string role) => Array.IndexOf(Ranks, role) >= Array.IndexOf(Ranks, Least);

    /// <summary>The key caps to draw, for each key that is pressed one after the other.</summary>
    public IEnumerable<IEnumerable<string>> Strokes => Key.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(stroke => stroke.Split('+').Select(CapOf));

    /// <summary>What is written on a key.</summary>
    public static string CapOf(string cap) => cap switch
    {
        "Mod" => Words.T("keys.ctrl"),
        "Alt" => Words.T("keys.alt"),
        "Shift" => "⇧",
        "Enter" => "↵",
        "Escape" => "Esc",
        _ => cap.ToUpperInvariant(),
    };
}

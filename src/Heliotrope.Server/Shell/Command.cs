namespace Heliotrope.Server.Shell;

/// <summary>Something a key does. The list feeds the map of keys, and the script reads it from there.</summary>
/// <param name="Name">What the script calls it, and the end of its words' key.</param>
/// <param name="Key">The key as the browser names it; Mod is Ctrl or, on a Mac, the command key.</param>
/// <param name="WhileWriting">Whether it also acts in a text field; single keys never do.</param>
public sealed record Command(string Name, string Key, bool WhileWriting = false)
{
    /// <summary>Every command, in the order of the map.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("next", "j"), new("previous", "k"), new("open", "Enter"), new("back", "u"),
        new("reply", "r"), new("note", "n"), new("forward", "f"), new("resolve", "e"), new("assign", "a"), new("later", "h"), new("tag", "t"), new("article", "i"), new("macro", "m"),
        new("send", "Mod+Enter", WhileWriting: true), new("send-resolve", "Mod+Shift+Enter", WhileWriting: true), new("leave", "Escape", WhileWriting: true), new("undo", "z"),
        new("coach-next", "Alt+j", WhileWriting: true), new("coach-previous", "Alt+k", WhileWriting: true), new("coach-take", "Alt+Enter", WhileWriting: true), new("coach-date", "Alt+w", WhileWriting: true), new("coach-not-here", "Alt+Shift+Enter", WhileWriting: true),
        new("send-later", "Alt+l", WhileWriting: true), new("preview", "Alt+v", WhileWriting: true),
        new("new", "c"), new("keys", "?"),
    ];

    /// <summary>The key caps to draw.</summary>
    public IEnumerable<string> Caps => Key.Split('+').Select(cap => cap switch
    {
        "Mod" => Words.T("keys.ctrl"),
        "Alt" => Words.T("keys.alt"),
        "Shift" => "⇧",
        "Enter" => "↵",
        "Escape" => "Esc",
        _ => cap.ToUpperInvariant(),
    });
}

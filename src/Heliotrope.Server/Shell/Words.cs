using System.Globalization;
using System.Resources;

namespace Heliotrope.Server.Shell;

/// <summary>The words of the interface, from Words.resx and its translations, in the language of the current request.</summary>
public static class Words
{
    internal static readonly ResourceManager Resources = new("Heliotrope.Server.Shell.Words", typeof(Words).Assembly);

    /// <summary>The tag of the language the words are in, for the document.</summary>
    public static string Language => CultureInfo.CurrentUICulture.Name.Length == 0 ? "en" : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>The words behind a key. An unknown key shows itself; a test finds it before a person does.</summary>
    public static string T(string key) => Resources.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>The words behind a key with <c>{0}</c> and so on filled in.</summary>
    public static string T(string key, params object?[] values) => string.Format(CultureInfo.CurrentCulture, T(key), values);

    /// <summary>The words for a refusal, by its code; its own English sentence where there are none.</summary>
    internal static string OfRefusal(Core.Refusal refusal) =>
        Resources.GetString("refusal." + refusal.Code, CultureInfo.CurrentUICulture) is not { } words ? refusal.Detail
        : refusal.About is { } about ? string.Format(CultureInfo.CurrentCulture, words, about)
        : words;

    /// <summary>A language's name; its own name for itself where there is none.</summary>
    internal static string OfLanguage(string tag) =>
        Resources.GetString("language." + tag, CultureInfo.CurrentUICulture) ?? CultureInfo.GetCultureInfo(tag).NativeName;

    /// <summary>What a line of the audit log says was done, by its code; the code where there are no words for it.</summary>
    internal static string OfAudit(string action) => Resources.GetString("audit.did." + action, CultureInfo.CurrentUICulture) ?? action;

    /// <summary>What lines of the audit log are about, by the beginning of their codes.</summary>
    internal static string OfAuditKind(string kind) => Resources.GetString("audit.kind." + kind, CultureInfo.CurrentUICulture) ?? kind;

    /// <summary>The words for a number of things: <c>key.one</c> for exactly one, else <c>key.many</c>; <c>{0}</c> is the number.</summary>
    public static string Count(string key, long number, params object?[] more) =>
        T(number == 1 ? key + ".one" : key + ".many", [number, .. more]);
}

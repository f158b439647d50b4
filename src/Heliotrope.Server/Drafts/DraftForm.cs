using System.Globalization;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Drafts;

/// <summary>What the composer's form holds, whether the page's script sent it or a button.</summary>
internal sealed record DraftForm(DraftBody Body, TimeSpan Age, bool Resolve, long? Remove, bool Scripted, IReadOnlyList<OutgoingAttachment> Files, string? Later = null, string? LaterAt = null)
{
    /// <summary>Files are larger than other forms; the limit is raised for their addresses alone.</summary>
    public static RequestSizeLimitAttribute Limit { get; } = new(Conversations.Files.LargestRequest);

    /// <summary>Longer ago than anybody leaves a window open.</summary>
    private const long OldestMilliseconds = 400L * 24 * 60 * 60 * 1000;

    public static async Task<DraftForm> Read(HttpContext http, long? conversation)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var files = new List<OutgoingAttachment>();
        foreach (var file in form.Files.Where(file => file.Length > 0 || file.FileName.Length > 0))
        {
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, http.RequestAborted);
            files.Add(Conversations.Files.Of(file.FileName, file.ContentType, content.ToArray()));
        }

        var kind = conversation is null ? DraftKind.New : form["kind"].ToString() switch { "note" => DraftKind.Note, "forward" => DraftKind.Forward, _ => DraftKind.Reply };
        return new(
            new(kind, conversation, Number(form["draft"]), form["text"], form["cc"], form["bcc"], form["to"], form["subject"], [.. form["promises"].OfType<string>()], form["remarks"], Number(form["seen"]), form["knows"],
                string.Join(' ', form["quotes"].OfType<string>()), string.Join(' ', form["carried"].OfType<string>()), string.Join(' ', form["macros"].OfType<string>()),
                string.Join(' ', form["plays"].OfType<string>()), string.Join(' ', form["offered"].OfType<string>()), string.Join(' ', form["answered"].OfType<string>()), form["from"]),
            TimeSpan.FromMilliseconds(Math.Min(Number(form["age"]) ?? 0, OldestMilliseconds)),
            form["resolve"] == "on",
            Number(form["remove"]),
            form["scripted"] == "yes",
            files,
            form["later"],
            form["later-at"]);
    }

    /// <summary>To show it again after a refusal.</summary>
    public (string Name, string? Value)[] Typed =>
        [("mode", Body.Kind is DraftKind.Note ? "note" : Body.Kind is DraftKind.Forward ? "forward" : "reply"), ("quotes", Body.Quotes), ("carried", Body.Carried), ("macros", Body.Macros), ("text", Body.Text), ("cc", Body.Cc), ("bcc", Body.Bcc), ("to", Body.Recipient), ("subject", Body.Subject), ("from", Body.From),
            ("promises", string.Join('\n', Body.Promises ?? [])), ("remarks", Body.Remarks)];

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Macros;

/// <summary>Writes a macro, or writes it anew.</summary>
internal sealed class WriteMacro(Store store, TimeProvider time)
{
    /// <param name="actor">Who writes: their own everybody who works here, what is shared whoever leads.</param>
    /// <param name="id">Which one is written anew; null for a new one.</param>
    /// <param name="body">What it says and does.</param>
    /// <param name="cancel">Stops before it is stored.</param>
    public async Task<Result<MacroDetails>> Run(Actor actor, long? id, MacroBody body, CancellationToken cancel)
    {
        if (!actor.MayWork || (body.Own ? actor.Kind is not ActorKind.Person : !actor.MayLead))
        {
            return Refusal.NotAllowed;
        }

        var acts = ActBodies.Read(body.Acts, ActUse.Macro);
        var words = Words(body);
        var name = string.Join(' ', (body.Name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if ((acts.Refusal ?? Wrong(name, words, acts.Refusal is null ? acts.Value : [])) is { } refusal)
        {
            return refusal;
        }

        return await store.Write(actor, db => Write(db, actor, id, body, name.Storable(Macro.MaxName), words, acts.Value, cancel), cancel);
    }

    private async Task<Result<MacroDetails>> Write(HeliotropeDb db, Actor actor, long? id, MacroBody body, string name, List<MacroWords> words, IReadOnlyList<Act> acts, CancellationToken cancel)
    {
        var macro = id is { } known ? await db.MacrosFor(actor).Include(m => m.Words).FirstOrDefaultAsync(m => m.Id == known, cancel) : null;
        if (id is not null && macro is null)
        {
            return ListMacros.Unknown(id.Value);
        }

        if (macro is not null && !MacroSight.MayChange(actor, macro))
        {
            return Refusal.NotAllowed;
        }

        var book = await ActBook.Of(db);
        var settled = book.Settle(acts);
        var team = Names.Find([.. book.Names.Teams], body.Team ?? "", Refusal.Invalid("team.unknown", "No team has this id or name.", "team"));
        var brands = await BrandNames.Of(db);
        var brand = Names.Find(brands, body.Brand ?? "", Refusal.Invalid("brand.unknown", "No brand has this id or name.", "brand"));
        if ((settled.Refusal ?? team.Refusal ?? brand.Refusal) is { } wrong)
        {
            return wrong;
        }

        if (macro is null && await db.Macros.CountAsync(cancel) >= Macro.MostInAll)
        {
            return new Refusal(RefusalKind.Conflict, "macro.too-many", $"There are {Macro.MostInAll} macros already.");
        }

        macro ??= db.Macros.Add(new()).Entity;
        (macro.Name, macro.Acts, macro.OwnerId, macro.TeamId, macro.BrandId, macro.UpdatedAt) =
            (name, ActList.ToJson(settled.Value), body.Own ? actor.Id : null, body.Own ? null : team.Value?.Id, brand.Value?.Id, time.Now());
        macro.Words.RemoveAll(old => !words.Exists(each => each.Language == old.Language));
        foreach (var each in words)
        {
            if (macro.Words.Find(old => old.Language == each.Language) is { } kept)
            {
                kept.Text = each.Text;
            }
            else
            {
                macro.Words.Add(each);
            }
        }

        await db.SaveChangesAsync(cancel); // the id
        if (!body.Own)
        {
            db.Audit.Add(AuditLine.Of(actor, id is null ? "macro.written" : "macro.changed", string.Create(CultureInfo.InvariantCulture, $"{macro.Id} {macro.Name}"), macro.UpdatedAt));
        }

        return ListMacros.Of(macro, book.Names, brands);
    }

    private static List<MacroWords> Words(MacroBody body) =>
        [.. (body.Texts ?? new Dictionary<string, string?>()).Append(new("", body.Text)).Where(each => !string.IsNullOrWhiteSpace(each.Value))
            .GroupBy(each => each.Key.Trim().ToLowerInvariant()).Select(each => new MacroWords { Language = each.Key, Text = each.First().Value!.Trim().Storable(Macro.MaxText + 1) })];

    /// <summary>What keeps these from being a macro.</summary>
    private static Refusal? Wrong(string name, List<MacroWords> words, IReadOnlyList<Act> acts)
    {
        if (name.Length is 0 or > Macro.MaxName)
        {
            return Refusal.Invalid("macro.name", $"A name has 1 to {Macro.MaxName} characters.", "name");
        }

        if (words.Count == 0 && acts.Count == 0)
        {
            return Refusal.Invalid("macro.empty", "It says nothing and does nothing.", "text");
        }

        if (acts.FirstOrDefault(act => act.Kind is ActKind.Reply) is not null)
        {
            return new Refusal(RefusalKind.Invalid, "macro.two-replies", "Its text is the reply: it has no other.", "acts");
        }

        foreach (var each in words)
        {
            var field = each.Language.Length == 0 ? "text" : $"text-{each.Language}";
            if (each.Language.Length > 0 && !LanguageGuess.Languages.Contains(each.Language))
            {
                return Refusal.Invalid("macro.language", $"A language is one of {string.Join(", ", LanguageGuess.Languages)}.", "texts");
            }

            if (each.Text.Length > Macro.MaxText)
            {
                return Refusal.Invalid("macro.too-long", $"Its text has more than {Macro.MaxText} characters.", field);
            }

            if (MacroText.Unknown(each.Text) is { } unknown)
            {
                return Refusal.Invalid("macro.unknown-field", $"There is no field {unknown}.", field) with { About = unknown };
            }
        }

        return null;
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/macros", async (MacroBody body, WriteMacro write, HttpContext http) => (await write.Run(http.Actor(), null, body, http.RequestAborted)).ToApi())
            .WithName("writeMacro").WithSummary("Write a new macro").Answers<MacroDetails>();
        api.MapPut("/macros/{id:long}", async (long id, MacroBody body, WriteMacro write, HttpContext http) => (await write.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("rewriteMacro").WithSummary("Write a macro anew").Answers<MacroDetails>();
    }
}

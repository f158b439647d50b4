using System.Globalization;
using Heliotrope.Core.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Macros;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Demo;

/// <summary>The macros of the demo company.</summary>
internal static class DemoMacros
{
    private static readonly (string Name, string English, string German, string? Driver, Act[] Acts)[] All =
    [
        ("Where the parcel is",
            "Hello {{customer.first_name | there}},\n\nyour parcel is on its way. I look where it is now and write to you again today.\n\n{{agent.first_name}}",
            "Hallo {{customer.first_name | zusammen}},\n\ndas Paket ist unterwegs. Ich sehe nach, wo es gerade ist, und schreibe heute noch einmal.\n\n{{agent.first_name}}",
            "Where is my order", [new(ActKind.Tag, "parcel")]),
        ("A part is on its way",
            "Hello {{customer.first_name | there}},\n\nI am sorry about that. A new part leaves us today; you need not send anything back.\n\n{{agent.first_name}}",
            "Hallo {{customer.first_name | zusammen}},\n\ndas tut mir leid. Ein neues Teil geht heute hinaus; zurückschicken muss niemand etwas.\n\n{{agent.first_name}}",
            "Damaged or faulty", [new(ActKind.Tag, "part sent"), new(ActKind.Snooze, "P3D")]),
        ("What we promised",
            "Hello {{customer.first_name | there}},\n\nyou have our word by {{promise.due}}. I am on it.\n\n{{agent.first_name}}",
            "Hallo {{customer.first_name | zusammen}},\n\nbis {{promise.due}}, das gilt. Ich bin dran.\n\n{{agent.first_name}}",
            null, []),
        ("Solved", "", "", null, [new(ActKind.Resolve)]),
    ];

    public static async Task<bool> Write(HeliotropeDb db, DateTimeOffset now)
    {
        if (await db.Macros.AnyAsync(m => m.Demo))
        {
            return false;
        }

        var drivers = await db.Drivers.ToDictionaryAsync(d => d.Name, d => d.Id);
        foreach (var (name, english, german, driver, acts) in All)
        {
            var all = driver is not null && drivers.TryGetValue(driver, out var id) ? [.. acts, new(ActKind.Driver, id.ToString(CultureInfo.InvariantCulture))] : acts;
            var macro = db.Macros.Add(new() { Name = name, Acts = ActList.ToJson(all), UpdatedAt = now, Demo = true }).Entity;
            macro.Words.AddRange(new[] { ("", english), ("de", german) }.Where(words => words.Item2.Length > 0).Select(words => new MacroWords { Language = words.Item1, Text = words.Item2 }));
        }

        return true;
    }
}

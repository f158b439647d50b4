using Heliotrope.Server.Platform;
using Heliotrope.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>The drivers and tags that conversations are filed under, within one batch.</summary>
internal sealed class ImportFiling
{
    private readonly ImportStep _step;
    private readonly Dictionary<string, long> _drivers;
    private readonly Dictionary<string, Tag> _tags;

    private ImportFiling(ImportStep step, Dictionary<string, long> drivers, Dictionary<string, Tag> tags) => (_step, _drivers, _tags) = (step, drivers, tags);

    public static async Task<ImportFiling> Of(ImportStep step) => new(
        step,
        (await step.Db.Drivers.AsNoTracking().ToListAsync()).ToDictionary(d => d.Name, d => d.Id, StringComparer.OrdinalIgnoreCase),
        (await step.Db.Tags.OrderBy(t => t.Id).Take(ChangeTags.MostInAll).ToListAsync()).GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase));

    /// <summary>The driver of this name. None is made: what another desk called a type is seldom why somebody wrote.</summary>
    public long? Driver(string type)
    {
        if (type.Length == 0 || !_drivers.TryGetValue(type, out var driver))
        {
            return null;
        }

        _step.Tally.Add("drivers");
        return driver;
    }

    /// <summary>The tags as they are put on here: as many as there may be, each once.</summary>
    public List<string> Tags(ImportTally tally, IReadOnlyList<string> names)
    {
        var plain = names.Select(Plain).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (plain.Count > ChangeTags.MostOnOne)
        {
            tally.Remark("tags-many", "", plain[ChangeTags.MostOnOne]);
        }

        var taken = new List<string>();
        foreach (var name in plain.Take(ChangeTags.MostOnOne))
        {
            var isNew = !_tags.ContainsKey(name);
            if (isNew && (_step.Dry ? _step.Seen.Names.Count(n => n.StartsWith('#')) + _tags.Count : _tags.Count) >= ChangeTags.MostInAll)
            {
                tally.Remark("tags-all", "", name);
                continue;
            }

            taken.Add(name);
            if (isNew && _step.Dry && _step.Seen.Names.Add("#" + name))
            {
                tally.Add("tags");
            }
        }

        return taken;
    }

    public void Put(long conversation, List<string> names)
    {
        foreach (var name in names)
        {
            if (!_tags.TryGetValue(name, out var tag))
            {
                tag = _tags[name] = _step.Db.Tags.Add(new() { Name = name }).Entity;
                _step.Tally.Add("tags");
            }

            _step.Db.ConversationTags.Add(new() { ConversationNumber = conversation, TagId = _step.Db.Entry(tag).Property(t => t.Id).CurrentValue });
        }
    }

    private static string Plain(string name)
    {
        var words = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new string([.. words.Where(c => !char.IsControl(c))]).Storable(Tag.LongestName).Trim();
    }
}

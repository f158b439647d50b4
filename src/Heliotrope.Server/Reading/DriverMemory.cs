using System.Globalization;
using Heliotrope.Core.Drivers;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Reading;

/// <summary>The drivers that there are.</summary>
internal sealed record KnownDrivers(IReadOnlySet<long> Ids)
{
    public static async Task<KnownDrivers> Of(HeliotropeDb db) => new(await db.Drivers.Select(d => d.Id).ToHashSetAsync());
}

/// <summary>What this process has learned of why customers write. Nothing of it is kept: it is learned again from the conversations.</summary>
internal sealed class DriverMemory(Current<KnownDrivers> known)
{
    private volatile DriverModel? _model;

    /// <summary>Why somebody seems to have written. A driver that was removed since it was learned is none.</summary>
    /// <returns>The driver, null for none of those known, and how sure that is; null while nothing has been learned.</returns>
    public async ValueTask<(long? Driver, double Sure)?> Guess(string text)
    {
        if (_model?.Read(text) is not { } reading)
        {
            return null;
        }

        var driver = Id(reading.Driver);
        return driver is null || (await known.Get()).Ids.Contains(driver.Value) ? (driver, reading.Sure) : null;
    }

    /// <summary>The words that spoke most for it.</summary>
    public IReadOnlyList<string> Because(string text) => _model?.Read(text).Because ?? [];

    public void Learn(IReadOnlyList<LabelledText> rows) => _model = DriverModel.Train(rows) is { Knows: true } model ? model : null;

    private static long? Id(string? driver) => driver is null ? null : long.Parse(driver, CultureInfo.InvariantCulture);
}

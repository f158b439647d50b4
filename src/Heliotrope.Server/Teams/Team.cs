using Heliotrope.Core.Targets;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Teams;

/// <summary>People who answer together, when they work, and how soon they answer.</summary>
public sealed class Team : IOrganisationSetting
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The name; no two are alike, whatever the capitals.</summary>
    public string Name { get; set; } = "";

    /// <summary>A zone of the IANA database, such as <c>Europe/Berlin</c>.</summary>
    public string Zone { get; set; } = WorkingHours.Usual.Zone;

    /// <summary>As <see cref="WorkingHours.Parse"/> reads them.</summary>
    public string Hours { get; set; } = WorkingHours.Usual.Hours;

    /// <summary>As <see cref="WorkingHours.Parse"/> reads them.</summary>
    public string Holidays { get; set; } = "";

    /// <summary>Minutes of working time to the first answer, where no target of a driver says otherwise.</summary>
    public int FirstAnswerMinutes { get; set; } = (int)AnswerTarget.Usual.First.TotalMinutes;

    /// <summary>Minutes of working time to each later answer.</summary>
    public int NextAnswerMinutes { get; set; } = (int)AnswerTarget.Usual.Next.TotalMinutes;

    /// <summary>Only its members, and administrators, see its conversations; to all others they are not there.</summary>
    public bool Private { get; set; }

    /// <summary>What comes is given to whoever of its members is best for it.</summary>
    public bool Assigns { get; set; }

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; set; }
}

/// <summary>Who belongs to a team.</summary>
public sealed class TeamMember : IOrganisationSetting
{
    /// <summary>The team.</summary>
    public long TeamId { get; set; }

    /// <summary>The user.</summary>
    public long UserId { get; set; }
}

/// <summary>How soon a team answers what one driver brings.</summary>
public sealed class DriverTarget : IOrganisationSetting
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The team.</summary>
    public long TeamId { get; set; }

    /// <summary>The driver.</summary>
    public long DriverId { get; set; }

    /// <summary>Minutes of working time to the first answer.</summary>
    public int FirstAnswerMinutes { get; set; }

    /// <summary>Minutes of working time to each later answer.</summary>
    public int NextAnswerMinutes { get; set; }
}

/// <summary>A reason why customers have to contact us (docs/method.md, D1).</summary>
public sealed class Driver : IOrganisationSetting
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }

    /// <summary>The name; no two are alike, whatever the capitals.</summary>
    public string Name { get; set; } = "";

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; set; }
}

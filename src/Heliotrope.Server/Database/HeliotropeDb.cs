using System.Text;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Figures;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Core.OwnFields;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Reading;
using Heliotrope.Core.Segments;
using Heliotrope.Core.Search;
using Heliotrope.Core.Views;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Bulk;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Figures;
using Heliotrope.Server.Help;
using Heliotrope.Server.Imports;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.Live;
using Heliotrope.Server.Macros;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.MailServices;
using Heliotrope.Server.Merging;
using Heliotrope.Server.Morning;
using Heliotrope.Server.NextQuestion;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Plays;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Rules;
using Heliotrope.Server.Search;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Signing;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Undo;
using Heliotrope.Server.Views;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Database;

/// <summary>The one database. Slices see only this; what an engine needs to differ is in the two classes below it.</summary>
public abstract class HeliotropeDb(DbContextOptions options) : IdentityUserContext<User, long>(options)
{
    private static readonly System.Buffers.SearchValues<char> Upper = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<CustomerAddress> CustomerAddresses => Set<CustomerAddress>();

    public DbSet<RawMail> RawMail => Set<RawMail>();

    public DbSet<QuarantinedMail> Quarantine => Set<QuarantinedMail>();

    public DbSet<OutboxMail> Outbox => Set<OutboxMail>();

    public DbSet<OutboxBytes> OutboxBytes => Set<OutboxBytes>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<ConversationTag> ConversationTags => Set<ConversationTag>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();

    public DbSet<Driver> Drivers => Set<Driver>();

    public DbSet<DriverTarget> DriverTargets => Set<DriverTarget>();

    public DbSet<BlockedSender> BlockedSenders => Set<BlockedSender>();

    public DbSet<Article> Articles => Set<Article>();

    public DbSet<ConversationReading> Readings => Set<ConversationReading>();

    public DbSet<ConversationFigures> Figures => Set<ConversationFigures>();

    internal DbSet<WeekBaseline> WeekBaselines => Set<WeekBaseline>();

    public DbSet<MorningMail> MorningMails => Set<MorningMail>();

    internal DbSet<FigureDay> FigureDays => Set<FigureDay>();

    public DbSet<Lesson> Lessons => Set<Lesson>();

    public DbSet<Promise> Promises => Set<Promise>();

    public DbSet<CoachSilence> CoachSilences => Set<CoachSilence>();

    public DbSet<CoachRemark> CoachRemarks => Set<CoachRemark>();

    public DbSet<ConfidenceCheck> ConfidenceChecks => Set<ConfidenceCheck>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<OurAddress> OurAddresses => Set<OurAddress>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<AuditLine> Audit => Set<AuditLine>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    public DbSet<CustomerPhone> CustomerPhones => Set<CustomerPhone>();

    public DbSet<CustomerOrganisation> Organisations => Set<CustomerOrganisation>();

    public DbSet<OrganisationDomain> OrganisationDomains => Set<OrganisationDomain>();

    public DbSet<OwnField> OwnFields => Set<OwnField>();

    public DbSet<CustomerFieldValue> CustomerFieldValues => Set<CustomerFieldValue>();

    public DbSet<OrganisationFieldValue> OrganisationFieldValues => Set<OrganisationFieldValue>();

    public DbSet<ConversationFieldValue> ConversationFieldValues => Set<ConversationFieldValue>();

    public DbSet<Purchase> Purchases => Set<Purchase>();

    public DbSet<ProductEvent> ProductEvents => Set<ProductEvent>();

    public DbSet<CustomerMerge> CustomerMerges => Set<CustomerMerge>();

    public DbSet<MergedRow> MergedRows => Set<MergedRow>();

    public DbSet<Segment> Segments => Set<Segment>();
    public DbSet<Import> Imports => Set<Import>();

    public DbSet<Imported> ImportedThings => Set<Imported>();
    public DbSet<UserSkill> UserSkills => Set<UserSkill>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<ViewChoice> ViewChoices => Set<ViewChoice>();

    public DbSet<BulkRun> BulkRuns => Set<BulkRun>();
    public DbSet<UndoStep> UndoSteps => Set<UndoStep>();

    public DbSet<UndoRow> UndoRows => Set<UndoRow>();

    public DbSet<MergedConversation> MergedConversations => Set<MergedConversation>();
    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<NotificationChoice> NotificationChoices => Set<NotificationChoice>();

    public DbSet<NotificationTimes> NotificationTimes => Set<NotificationTimes>();

    public DbSet<Follow> Follows => Set<Follow>();

    public DbSet<NotificationOff> NotificationOffs => Set<NotificationOff>();

    public DbSet<Rule> Rules => Set<Rule>();

    public DbSet<RuleRun> RuleRuns => Set<RuleRun>();

    public DbSet<RuleMark> RuleMarks => Set<RuleMark>();

    public DbSet<PersonLink> PersonLinks => Set<PersonLink>();

    public DbSet<CustomerLifeEvent> LifeEvents => Set<CustomerLifeEvent>();

    public DbSet<FamilyContact> FamilyContacts => Set<FamilyContact>();

    public DbSet<FamilyLink> FamilyLinks => Set<FamilyLink>();

    public DbSet<TrainedPerson> TrainedPeople => Set<TrainedPerson>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();
    public DbSet<MailboxState> MailboxStates => Set<MailboxState>();
    public DbSet<SetAsideMail> SetAsideMails => Set<SetAsideMail>();
    public DbSet<MailboxHour> MailboxHours => Set<MailboxHour>();

    /// <summary>All conversations, hidden ones too: for the filters alone.</summary>
    public DbSet<Macro> Macros => Set<Macro>();

    public DbSet<Brand> Brands => Set<Brand>();

    public DbSet<BrandTemplate> BrandTemplates => Set<BrandTemplate>();

    public DbSet<Play> Plays => Set<Play>();

    public DbSet<PlayUse> PlayUses => Set<PlayUse>();

    public DbSet<NextPair> NextPairs => Set<NextPair>();

    public DbSet<NextAnswer> NextAnswers => Set<NextAnswer>();

    public DbSet<NextOffer> NextOffers => Set<NextOffer>();

    public DbSet<MailService> MailServices => Set<MailService>();

    public DbSet<MailServiceToken> MailServiceTokens => Set<MailServiceToken>();

    public DbSet<Mention> Mentions => Set<Mention>();

    internal DbSet<Matter> Matters => Set<Matter>();

    /// <summary>The teams whose conversations are not there for whoever asks. Set before the first query.</summary>
    internal long[] HiddenTeams { get; set; } = [];

    /// <summary>Whether giving a conversation to another team may hide it from somebody, or show it.</summary>
    internal bool HasPrivateTeams { get; set; }

    public DbSet<AttachmentText> AttachmentTexts => Set<AttachmentText>();

    /// <summary>The conversations changed by this context so far: open pages are told once they are committed.</summary>
    internal HashSet<long> Touched { get; } = [];

    /// <summary>Conversations of which only something changed that no list shows, such as a mail of theirs that left.</summary>
    internal HashSet<long> TouchedWithin { get; } = [];

    /// <summary>Whether this engine puts what is not there before everything else.</summary>
    internal virtual bool NullsComeFirst => false;
    /// <summary>People whose bell changed.</summary>
    internal HashSet<long> Notified { get; } = [];

    /// <summary>Who writes with this context; null where nobody says.</summary>
    internal Actor? By { get; set; }

    /// <summary>The clock by which people are told of what happens now; null where nobody is told.</summary>
    internal TimeProvider? Time { get; set; }

    /// <summary>Called after a save outside a transaction of the store's, such as Identity's.</summary>
    internal Action<IReadOnlyCollection<long>, IReadOnlyCollection<long>>? SavedAlone { get; set; }

    /// <summary>Set by the store that opened this context.</summary>
    internal WriteGate? Gate { get; set; }

    /// <summary>Lets nobody else hold a customer before the transaction ends, where the engine has several writers. Set by the store that opened this context.</summary>
    internal Func<long, Task>? HoldCustomer { get; set; }

    /// <summary>What happens to conversations in this context; null where it sets off no rule.</summary>
    internal Happenings? Happenings { get; set; }

    /// <summary>Called once what this context changed is committed.</summary>
    internal Action? Committed { get; set; }
    /// <summary>Notes each row that is changed, so that it can be put back; null for what cannot be taken back.</summary>
    internal Journal? Journal { get; set; }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (Time is { } time)
        {
            await Notices.Write(this, time.Now());
        }

        var told = Time is null ? [] : LifeWatch.Told(this); // before the rows have their keys, and acted upon once they do
        var notified = ChangeTracker.Entries<Notification>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(e => e.Entity.UserId).ToList();
        var conversations = ChangeTracker.Entries<Conversation>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList();
        var mails = ChangeTracker.Entries<OutboxMail>().Where(e => e.State is EntityState.Added or EntityState.Modified).Select(e => (e.Entity.ConversationNumber, Listed: IsListed(e))).ToList();

        // Whoever may see it no longer hears nothing of it; that lists are to be looked at again is told to all.
        var moved = HasPrivateTeams && conversations.Exists(c => c.State is EntityState.Modified && c.Property(o => o.TeamId).IsModified);

        // Of a draft open pages hear when it begins to leave, is taken back, or ends; not while it is being written.
        var drafts = ChangeTracker.Entries<Draft>()
            .Where(e => e.Entity.ConversationNumber is not null && e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && (e.State is EntityState.Added or EntityState.Deleted ? e.Entity.SendAt is not null || e.Entity.Apart : e.Property(d => d.SendAt).IsModified || e.Property(d => d.Apart).IsModified))
            .Select(e => e.Entity.ConversationNumber)
            .OfType<long>()
            .ToList();
        var settings = ChangeTracker.Entries().Any(e => e.Entity is IOrganisationSetting && e.State is not EntityState.Unchanged);

        // Writes of the store hold the gate already; Identity's come here without.
        using var pass = Database.CurrentTransaction is null && Gate is { } gate ? await gate.Enter(cancellationToken) : default;
        Happenings?.BeforeSave(ChangeTracker, Time!.Now());
        await (Journal?.BeforeSave(this, cancellationToken) ?? Task.CompletedTask);
        var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        Journal?.AfterSave();
        Happenings?.AfterSave();
        if (told.Count > 0)
        {
            await LifeWatch.Act(this, told, Time!.Now(), cancellationToken);
        }

        Touched.UnionWith(conversations.Select(c => c.Entity.Number));
        Touched.UnionWith(mails.Where(m => m.Listed).Select(m => m.ConversationNumber).OfType<long>());
        TouchedWithin.UnionWith(mails.Where(m => !m.Listed).Select(m => m.ConversationNumber).OfType<long>());
        Notified.UnionWith(notified);
        TouchedWithin.UnionWith(drafts);
        TouchedWithin.ExceptWith(Touched);
        if (settings || moved)
        {
            Touched.Add(LiveChange.Settings);
        }

        if (Database.CurrentTransaction is null)
        {
            SavedAlone?.Invoke(Touched, TouchedWithin);
        }

        return written;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        using var pass = Database.CurrentTransaction is null && Gate is { } gate ? gate.Enter() : default;
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <summary>Lists show of a mail only that it could not be sent.</summary>
    private static bool IsListed(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry<OutboxMail> mail) =>
        mail.Entity.State is OutboxState.Failed || (mail.State is EntityState.Modified && mail.Property(m => m.State).OriginalValue is OutboxState.Failed);

    /// <summary>The messages and notes in which all of these words stand, by the engine's index.</summary>
    internal abstract IQueryable<FoundRow> EntriesThatSay(IReadOnlyList<Sought> all);

    /// <summary>The files in whose name or text all of these words stand, by the engine's index.</summary>
    internal abstract IQueryable<FoundRow> FilesThatSay(IReadOnlyList<Sought> all);

    /// <summary>The customers with these letters somewhere in their name or an address, by the engine's index.</summary>
    internal abstract IQueryable<long> CustomersNamed(string part);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(HeliotropeDb).Assembly);
        builder.Entity<Matter>().ToView("conversations").HasKey(m => m.Number);
        Small.AddTo(builder);
        NameInSnakeCase(builder);
        if (HiddenTeams.Length > 0)
        {
            SightFilters.Apply(builder, this);
        }
    }

    /// <summary>Both engines read names in lower case without quotes; hand-written SQL stays readable.</summary>
    private static void NameInSnakeCase(ModelBuilder builder)
    {
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (entity.GetViewName() is null && entity.GetTableName() is { } table)
            {
                entity.SetTableName(Snake(table.Replace("AspNet", "", StringComparison.Ordinal)));
            }

            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name));
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName($"pk_{entity.GetTableName()}");
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(index.Name ?? $"ix_{entity.GetTableName()}_{string.Join('_', index.Properties.Select(p => Snake(p.Name)))}");
            }

            foreach (var foreign in entity.GetForeignKeys())
            {
                foreign.SetConstraintName($"fk_{entity.GetTableName()}_{string.Join('_', foreign.Properties.Select(p => Snake(p.Name)))}");
            }
        }
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
        {
            if (Upper.Contains(c) && snake.Length > 0 && snake[^1] != '_')
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(c));
        }

        return snake.ToString();
    }
}

/** Imported first: chalk decides once, when it loads, whether this process shows colours. */
process.env.FORCE_COLOR = '1';

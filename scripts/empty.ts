/** Stands in for optional development modules that libraries look for and a bundle must not carry. */
export default {};
